#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures as large as can be: from one to the next, closer, over the whole screen, with their details beside them or as a
page; and one of somebody else's, which comes and is kept."""
import lab as display

WIDE, MIDDLE, NARROW = (1920, 1080), (720, 800), (360, 640)
CHANGES = ('Harbour', 'Dune', 'Old town', 'Evening', 'Lighthouse')  # titles, which may be cut
PICTURES = {'de': 'Bilder', 'en': 'Pictures', 'es': 'Imágenes'}
state = {}


def starts(lab):
    """A meeting point, Bert with a picture, and Anna with three of her own."""
    own = [display.write_picture(lab.folder / f'{title}.png', 1600, 1200, colour)
           for title, colour in (('Harbour at night', (32, 96, 128)), ('Dune', (150, 110, 40)),
                                 ('Old town', (120, 40, 60)))]
    lab.run(lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'anna'), '--audience', 'contacts',
            *[str(path) for path in own])
    bert = display.write_picture(lab.folder / 'Lighthouse.png', 1400, 1000, (60, 110, 60))
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'], '--share', bert).await_event(event='shared-all')
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.await_gone('You have no meeting point')


def open_first(lab, window, language='en'):
    """A click on the first tile of the wall, once that is there. What a pointer meets there is the wall, for GTK."""
    window.await_node(PICTURES[language], 'page tab')
    window.press(PICTURES[language], 'page tab')
    display.wait(lambda: any(title in node.name for title in CHANGES for level in window.levels() for node in level),
                 'the wall')
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), '60', '160', 'click', '1')
    display.wait(lambda: window.focused() is not None and window.focused().role == 'image', 'the picture')


def opens_and_walks(lab):
    """From the wall, with keys, to the next and to the end, where nothing happens; and back to its tile."""
    window = state['window']
    window.resize(960, 680)
    open_first(lab, window)
    window.await_node('Full screen', 'push button')
    state['first'] = window.focused().name
    assert window.find('Previous picture') is None
    window.shoot('own')
    window.audit(CHANGES)
    names = [state['first']]
    for _ in range(2):
        window.key('Right')
        display.wait(lambda: window.focused().name not in names, 'the next picture')
        names.append(window.focused().name)
    assert sorted(names) == ['Dune', 'Harbour at night', 'Old town'], names
    window.await_gone('Next picture')
    window.key('Right')
    assert window.focused().name == names[-1]
    window.key('Left')
    display.wait(lambda: window.focused().name == names[1], 'the previous picture')
    window.key('Escape')
    window.await_node('Pictures', 'page tab')
    window.await_focus(names[1])
    window.key('Return')
    display.wait(lambda: window.focused().role == 'image', 'the picture again')


def percent(window):
    button = next((node for level in window.levels() for node in level
                   if node.name.endswith(' %') and node.role == 'push button'), None)
    return int(button.name[:-2]) if button else None


def zooms(lab):
    """With keys, the wheel and a double click; dragging moves what is larger than the window."""
    window = state['window']
    fit = display.wait(lambda: percent(window), 'how large it is')
    assert fit < 100
    window.key('plus')
    display.wait(lambda: percent(window) > fit, 'a larger picture')
    window.key('ctrl+1')
    display.wait(lambda: percent(window) == 100, 'all its pixels')
    window.shoot('actual')
    window.key('shift+Right', 'shift+Down')
    window.key('ctrl+0')
    display.wait(lambda: percent(window) == fit, 'all of it')
    x_window = window.x_window(window.title)
    lab.run('xdotool', 'mousemove', '--window', x_window, '300', '300', 'click', '4')
    display.wait(lambda: percent(window) > fit, 'a larger picture by the wheel')
    lab.run('xdotool', 'click', '--repeat', '2', '--delay', '40', '1')
    display.wait(lambda: percent(window) in (fit, 100), 'all of it by a double click')
    window.key('ctrl+1')
    display.wait(lambda: percent(window) == 100, 'all its pixels')
    lab.run('xdotool', 'mousedown', '1', 'mousemove_relative', '--', '-60', '-40', 'mousemove_relative', '--', '-60',
            '-40', 'mouseup', '1')
    assert percent(window) == 100
    window.shoot('moved')
    window.key('ctrl+0')


def removes(lab):
    """What is removed is gone at once, and there again after Ctrl+Z."""
    window = state['window']
    shown = window.focused().name
    window.key('Delete')
    window.await_node('Picture removed')
    display.wait(lambda: window.focused() is not None and window.focused().name != shown, 'the next picture')
    window.audit(CHANGES)
    window.shoot('removed')
    window.key('ctrl+z')
    window.await_node('The picture is back')
    window.key('Left')
    display.wait(lambda: window.focused().name == shown, 'the picture again')


def set_fullscreen(lab, window, is_fullscreen):
    """What a window manager does when it is asked; there is none here."""
    x_window = window.x_window(window.title)
    if is_fullscreen:
        lab.run('xprop', '-id', x_window, '-f', '_NET_WM_STATE', '32a', '-set', '_NET_WM_STATE',
                '_NET_WM_STATE_FULLSCREEN')
    else:
        lab.run('xprop', '-id', x_window, '-remove', '_NET_WM_STATE')


def fills_the_screen(lab):
    """The bars go when nothing moves, come back with Tab, and it can be left."""
    window = state['window']
    lab.run('xdotool', 'mousemove', '1990', '1190')
    window.key('F11')
    set_fullscreen(lab, window, True)
    window.await_node('Leave full screen')
    window.shoot('full-screen-bars')
    window.await_gone('Leave full screen')
    window.shoot('full-screen')
    window.key('Tab')
    window.await_node('Leave full screen')
    window.key('Escape')
    set_fullscreen(lab, window, False)
    window.await_node('Full screen', 'push button')
    assert window.find('Pictures', 'page tab') is None, 'Escape leaves full screen alone'


def has_details(lab):
    """Beside the picture where there is room, a page where there is not; what was typed is saved when it is left."""
    window = state['window']
    window.resize(960, 680)
    window.key('F9')
    window.await_node('Tags', 'label')
    window.audit(CHANGES)
    window.shoot('details')
    window.key('F2')
    window.key('ctrl+a')
    window.type('Evening')
    window.key('Tab')
    window.await_node('Changes saved')
    window.key('F9')
    window.await_gone('Tags', 'label')
    window.resize(*NARROW)
    window.audit(CHANGES)
    window.shoot('own', NARROW[0])
    window.key('F9')
    window.await_node('Back to the picture')
    window.await_gone('Full screen')
    window.audit(CHANGES)
    window.shoot('details', NARROW[0])
    window.key('Escape')
    window.await_node('Full screen', 'push button')
    window.await_node('Evening')
    window.resize(*WIDE)
    window.key('F9')
    window.await_node('Tags', 'label')
    window.audit(CHANGES)
    window.shoot('details', WIDE[0])
    window.key('F9')
    window.await_gone('Tags', 'label')
    window.resize(*MIDDLE)
    window.audit(CHANGES)
    window.press('Back')
    window.await_node('Pictures', 'page tab')


def keeps(lab):
    """What Bert has is found, comes, and is kept for Anna alone; passing it on is another button."""
    window = state['window']
    window.resize(960, 680)
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')
    window.key('ctrl+f')
    window.await_focus('Look for pictures')
    window.type('lighthouse')
    window.key('Return')
    window.await_node('Lighthouse')
    tile = display.wait(lambda: window.find('Lighthouse', 'list item') or window.find('Lighthouse', 'filler')
                        or window.find('Lighthouse'), 'its tile')
    x, y, width, height = tile.extents
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(x + width // 2),
            str(y + height // 2), 'click', '1')
    window.await_node('From bert', 'label')
    window.await_node('Keep', 'push button')
    window.shoot('found')
    window.audit(CHANGES)
    window.key('ctrl+k')
    window.await_node('Share With My People Too', 'push button')
    window.await_node('Kept', 'label')
    window.shoot('kept')
    window.audit(CHANGES)
    window.resize(*NARROW)
    window.audit(CHANGES)
    window.shoot('kept', NARROW[0])
    window.key('Escape')
    window.await_focus('Lighthouse')
    window.key('Escape')
    window.key('Escape')
    window.await_node('People', 'page tab')
    state['window'].close()


def speaks_and_is_dark(lab):
    """For people to look at; no word is cut, also with large text."""
    for language, dark, full_screen in (('de', True, 'Vollbild'), ('es', False, 'Pantalla completa')):
        with lab.window('anna', language=language, dark=dark) as window:
            window.resize(*NARROW)
            open_first(lab, window, language)
            window.await_node(full_screen, 'push button')
            window.audit(CHANGES)
            window.shoot(f'{language}-own', NARROW[0])
            window.key('F9')
            display.wait(lambda: window.find(full_screen, 'push button') is None, 'details')
            window.audit(CHANGES)
            window.shoot(f'{language}-details', NARROW[0])
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with lab.window('anna', dark=True) as window:
        window.resize(900, 800)
        open_first(lab, window)
        window.key('F9')
        window.await_node('Tags', 'label')
        window.audit(CHANGES)
        window.shoot('large-details', 900)


if __name__ == '__main__':
    display.run_tests('viewer', [starts, opens_and_walks, zooms, removes, fills_the_screen, has_details, keeps,
                                 speaks_and_is_dark])
