#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language that Freshet speaks, on a telephone: no word is cut on any page. Three languages a day, others tomorrow;
with --all every one of them."""
import datetime
import gettext
import os
import pathlib
import sys

import lab as display

NARROW = (360, 720)
N_A_DAY = 3
PAGES = (('alt+1', 'new'), ('alt+2', 'pictures'), ('alt+3', 'people'), ('ctrl+f', 'search'))

state = {}


def find_languages():
    """All that were translated; the names of their folders are those of the languages."""
    folder = pathlib.Path(os.environ['FRESHET_LOCALEDIR'])
    return sorted(path.parent.parent.name for path in folder.glob('*/LC_MESSAGES/freshet.mo'))


def choose(languages, today):
    """Those of the day, in turn, so that each has been seen after a few days."""
    first = today.toordinal() * N_A_DAY
    return sorted({languages[(first + i) % len(languages)] for i in range(N_A_DAY)})


def starts(lab):
    """A meeting point, Bert with a picture, and Anna with another, who know each other."""
    state['server'], state['address'] = lab.serve()
    bert = lab.peer('bert', state['address'], '--share', display.write_picture(lab.folder / 'Harbour at night.png'))
    bert.await_event(event='shared-all')
    lab.run(lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'anna'), '--audience', 'contacts',
            str(display.write_picture(lab.folder / 'Dunes.png')))
    anna = lab.peer('anna', state['address'], '--connect', 'bert')
    anna.await_event(event='person', name='bert', state='here')
    anna.end()
    assert find_languages(), 'there are no translations'


def look_at_preferences(window, language):
    def translate(text):
        return gettext.translation('freshet', os.environ['FRESHET_LOCALEDIR'], [language]).gettext(text)
    title = translate('Preferences')
    window.key('ctrl+comma')
    display.wait(lambda: window.x_window(title), f'{title} on the display')
    window.audit()
    window.shoot(f'{language}-preferences', title=title)


def speak(lab, language):
    with lab.window('anna', '--server', state['address'], language=language) as window:
        window.resize(*NARROW)
        for keys, page in PAGES:
            window.key(keys)
            window.audit()
            window.shoot(f'{language}-{page}', NARROW[0])
        window.key('Escape')
        window.key('ctrl+n')
        window.audit()
        window.shoot(f'{language}-invite', NARROW[0])
        window.key('Escape')
        look_at_preferences(window, language)


def make_test(language):
    def speaks(lab):
        speak(lab, language)
    speaks.__name__ = f'speaks_{language}'
    return speaks


if __name__ == '__main__':
    wants_all = '--all' in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != '--all']
    every = find_languages()
    chosen = every if wants_all else choose(every, datetime.date.today())
    print(f'# {" ".join(chosen)}')
    display.run_tests('languages', [starts, *map(make_test, chosen)])
