#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be chosen: four pages, wide and narrow, light and dark, for people who do not see them; the name, the check
of all pictures, and a file with the key."""
import lab as display

PAGES = {'You': 'Your Invitation', 'Connection': 'Who May Connect', 'Pictures': 'Check All Pictures',
         'Background': 'Open at Login'}
TITLE = 'Preferences'

state = {}


def widen(lab, window, width, title=TITLE, border=10):
    """The preferences to a width, of what is in their border, which is drawn where nothing draws shadows."""
    def is_wide():
        shown = window.x_window(title)
        if shown and window.x_size(shown)[0] != width + border:
            lab.run('xdotool', 'windowsize', shown, str(width + border), '800')  # again, if it was being shown just then
        return shown and window.x_size(shown)[0] == width + border
    display.wait(is_wide, f'{title} at {width} pixels')


def press_page(window, name, title=TITLE):
    """The tab of the preferences: the window below may have one of that name."""
    found = [node for level in window.levels() for node in level
             if node.name.startswith(name) and node.role == 'page tab' and node.line()[0].name == title
             and node.is_showing]
    if found:
        found[0].press()
    return bool(found)


def open_window(lab, dark=False, language='en'):
    """On the usual folder: one on a folder of its own ends with its window."""
    return display.Window(lab, [lab.program, '--name', 'anna', '--server', state['address']], 'Freshet',
                          {'LANGUAGE': language, 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light'})


def starts(lab):
    """A window with a name; a key leads to the preferences."""
    state['server'], state['address'] = lab.serve()
    state['window'] = window = open_window(lab)
    window.await_node('No People Yet')
    window.key('ctrl+comma')
    window.await_node('Your Invitation')


def has_pages(lab):
    """Each can be read and used at any width."""
    window = state['window']
    for width in (720, 360):
        widen(lab, window, width)
        for page, row in PAGES.items():
            display.wait(lambda name=page: press_page(window, name), f'the page {page}')
            window.await_node(row)
            window.audit()
            window.shoot(page.lower(), width, title=TITLE)


def changes_the_name(lab):
    """At once, when the field is left; what will not do says why."""
    window = state['window']
    window.key('Escape', title=TITLE)
    window.await_gone('Your Invitation')
    window.key('ctrl+comma')
    window.await_node('Your address is “anna”')
    window.key('shift', title=TITLE)  # which gives it the focus, as a window manager does
    window.await_node('Your Name', 'text')
    window.key('ctrl+a', title=TITLE)
    window.type('Zora')
    window.key('Return', title=TITLE)
    window.await_node('Your address is “zora')


def checks_pictures(lab):
    """What is checked is counted, and what has come of it is said."""
    window = state['window']
    press_page(window, 'Pictures')
    window.press('Check')
    window.await_node('There is nothing to check yet.')
    window.shoot('checked', title=TITLE)


def saves_the_key(lab):
    """The question for a passphrase says what is wrong with it; Escape leads back."""
    window = state['window']
    press_page(window, 'You')
    window.press('Save…')
    window.await_node('It has at least 8 letters.')
    window.audit()
    window.type('12345678')
    window.await_node('Type the same once more.')
    window.shoot('passphrase', title='Freshet')
    window.press('Cancel')
    window.await_gone('Type the same once more.')


def closes(lab):
    """Escape closes it; it is there again with the key."""
    window = state['window']
    window.key('Escape', title=TITLE)
    window.await_gone('Your Invitation')
    window.key('ctrl+comma')
    window.await_node('Your Invitation')
    window.close()


def is_dark_and_german(lab):
    """For people to look at; in German, on a telephone, no word is cut."""
    with open_window(lab, dark=True, language='de') as window:
        window.await_node('Noch niemand')
        window.key('ctrl+comma')
        display.wait(lambda: window.x_window('Einstellungen'), 'the preferences')
        for width in (720, 360):
            widen(lab, window, width, 'Einstellungen')
            for page in ('Sie', 'Verbindung', 'Bilder', 'Hintergrund'):
                display.wait(lambda name=page: press_page(window, name, 'Einstellungen'), f'the page {page}')
                if width == 360:
                    window.audit()
                window.shoot(page.lower(), width, title='Einstellungen')


if __name__ == '__main__':
    display.run_tests('preferences', [starts, changes_the_name, has_pages, checks_pictures, saves_the_key, closes,
                                      is_dark_and_german])
