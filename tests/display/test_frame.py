#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page stands in: tabs, what is opened over them and the way back, narrow and wide, notices, keys, words in
each language; and all of it for people who do not see it."""
import lab as display

WIDE, MIDDLE, NARROW = (1920, 1080), (720, 800), (360, 640)
NARROWEST_LARGE = (400, 720)  # with text that is half as large again

state = {}


def starts(lab):
    """A meeting point, Bert with a picture, and Anna's window."""
    picture = display.write_picture(lab.folder / 'Harbour at night.png')
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'], '--share', picture).await_event(event='shared-all')
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.await_node('No People Yet')
    assert window.focused() is None or window.key('Tab') is None
    window.await_gone('You have no meeting point')


def is_at_bottom(window):
    tab = window.find('Pictures', 'page tab')
    return tab is not None and tab.extents[1] > window.size()[1] - 80


def fits_every_width(lab):
    """The tabs are at the top where there is room and at the bottom where there is not."""
    window = state['window']
    for (width, height), narrow in ((WIDE, False), (MIDDLE, False), (NARROW, True), ((599, 641), True),
                                    ((600, 641), False)):
        window.resize(width, height)
        display.wait(lambda expected=narrow: is_at_bottom(window) == expected, f'the tabs at {width} pixels')
        assert (window.find('Freshet', 'label') is not None) == narrow, 'the title stands where no tabs are'
        for page in ('New', 'Pictures', 'People') if height != 641 else ():
            window.press(page, 'page tab')
            window.audit()
            window.shoot(page.lower(), width)


def leads_back(lab):
    """The search is opened from anywhere; each way back leads to where one was, and what was typed goes first."""
    window = state['window']
    window.resize(960, 680)
    window.key('alt+3')
    window.await_node('No People Yet')
    for opening, leaving in (('ctrl+f', 'Escape'), ('slash', 'alt+Left'), ('button', 'button')):
        window.await_focus('Invite…')
        if opening == 'button':
            window.press('Look for pictures')
        else:
            window.key(opening)
        window.await_focus('Look for pictures')
        window.await_gone('People', 'page tab')
        if leaving == 'button':
            window.press('Back')
        else:
            window.key(leaving)
        window.await_gone('Back')
        window.await_focus('Invite…')


def looks_and_opens(lab):
    """Words, a picture that Bert has, the picture itself, and back step by step."""
    window = state['window']
    window.key('alt+3')
    window.await_focus('Invite…')
    window.key('Return')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.await_node('Invitation or Address', 'text')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_node('Here', 'label')
    window.shoot('person-here')
    window.audit()
    window.key('ctrl+f')
    window.await_focus('Look for pictures')
    window.audit()
    window.shoot('search-start')
    window.type('harbour')
    window.key('Return')
    window.await_node('Harbour at night')
    window.shoot('search-found')
    window.audit()
    window.key('Escape')
    window.await_gone('Harbour at night')
    window.await_focus('Look for pictures')
    window.key('Escape')
    window.await_node('People', 'page tab')
    window.await_gone('Back')


def has_keys(lab):
    """What the table of shortcuts says of every page."""
    window = state['window']
    window.key('alt+2')
    window.await_node('No Pictures Yet')
    window.key('alt+3')
    window.await_node('Your address is')
    window.key('ctrl+n')
    window.await_node('Copy Link', 'push button')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')
    window.key('ctrl+comma')
    window.await_node('Your Invitation')
    window.key('Escape', title='Preferences')
    window.await_gone('Your Invitation')
    window.key('F10')
    window.await_focus('Preferences')
    window.key('Escape')
    window.await_focus('Main menu')


def tells_of_the_meeting_point(lab):
    """It dies: that is said, also to who does not see it, with a remedy; it returns, and all is well again."""
    window = state['window']
    window.key('alt+1')
    port = int(state['address'].rsplit(':', 1)[1])
    state['server'].end()

    def described():
        focused = window.focused()
        return focused.description if focused and 'meeting point' in focused.description else None
    description = display.wait(described, 'what has the focus to be described by the notice')
    assert 'Next try' not in description, description

    def counts_down():
        notice = window.find('The ', 'label')
        return notice and 'meeting point' in notice.name and 'Next try in' in notice.name
    display.wait(counts_down, 'the notice to count down')
    for width, height in (WIDE, MIDDLE, NARROW):
        window.resize(width, height)
        window.audit()
        window.shoot('notice', width)
    window.press('Try Again')
    display.wait(counts_down, 'the notice to count down once more')
    state['server'], _ = lab.serve(port)

    def is_well():
        button = window.find('Try Again', 'push button')
        try:
            if button:
                button.press()
        except AssertionError:
            pass  # it has been tried again without the button, which is gone
        return not button
    display.wait(is_well, 'the notice to go')
    window.await_gone('Going to')
    assert not window.find('The meeting point')


def ends_well(lab):
    """Two windows cannot share a folder."""
    state['window'].close()


def speaks(lab):
    """In each language, on a telephone, no word is cut."""
    for language, new, pictures, people, look in (('de', 'Neu', 'Bilder', 'Personen', 'Bilder suchen'),
                                                  ('es', 'Novedades', 'Imágenes', 'Personas', 'Buscar imágenes')):
        with lab.window('anna', language=language) as window:
            window.await_node(people, 'page tab')
            window.resize(*NARROW)
            for page in (new, pictures, people):
                window.press(page, 'page tab')
                window.audit()
                window.shoot(f'{language}-{page.lower()}', NARROW[0])
            window.key('ctrl+f')
            window.await_focus(look)
            window.audit()
            window.shoot(f'{language}-search', NARROW[0])


def is_dark_too(lab):
    """For people to look at; with large text as well, for which more is narrow."""
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with lab.window('anna', '--server', '127.0.0.1:9', dark=True) as window:
        window.await_node('The meeting point', 'label')
        window.resize(900, 800)
        display.wait(lambda: not is_at_bottom(window), 'the tabs at 900 pixels with large text')
        for width, height in ((899, 800), NARROWEST_LARGE):
            window.resize(width, height)
            display.wait(lambda: is_at_bottom(window), f'the tabs at {width} pixels with large text')
            for page in ('New', 'Pictures', 'People'):
                window.press(page, 'page tab')
                window.audit()
                window.shoot(f'large-{page.lower()}', width)


if __name__ == '__main__':
    display.run_tests('frame', [starts, fits_every_width, leads_back, looks_and_opens, has_keys,
                                tells_of_the_meeting_point, ends_well, speaks, is_dark_too])
