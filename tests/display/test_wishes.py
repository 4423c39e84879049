#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wish: made where nothing was found; told of once when it turns up, also after a restart; and where one begins to look
for pictures, with what was looked for lately."""
import lab as display

NARROW, WIDE = (360, 640), (960, 720)
NARROWEST_LARGE = (400, 720)  # with text that is half as large again
TOLD = 'Something New for “harbour”'
LONG = 100  # seconds: a wish is asked some seconds after somebody has come, but not twice in a minute

state = {}


def open_window(lab, dark=False):
    """On the usual folder, so that a notification finds it."""
    return display.Window(lab, [lab.program, '--name', 'anna', '--server', state['address']], 'Freshet',
                          {'LANGUAGE': 'en', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light'})


def is_shown(window):
    return window.x_window('Freshet') is not None


def hide(window):
    """Anna does something else, and Freshet goes on."""
    window.key('ctrl+w')
    window.await_node('Keep Sharing in the Background?')
    window.press('Keep Sharing')
    display.wait(lambda: not is_shown(window), 'the window to go')


def bert_shares(lab, *titles):
    """Bert comes with so many pictures."""
    shares = [word for path in titles for word in ('--share', path)]
    state['bert'] = bert = lab.peer('bert', state['address'], *shares)
    if titles:
        bert.await_event(event='shared-all')
    return bert


def starts(lab):
    """Anna knows Bert, who is here and has nothing yet."""
    state['desktop'] = lab.desktop
    state['server'], state['address'] = lab.serve()
    state['night'] = display.write_picture(lab.folder / 'Harbour at night.png', colour=(40, 60, 120))
    state['day'] = display.write_picture(lab.folder / 'Harbour by day.png', colour=(200, 160, 60))
    bert_shares(lab)
    state['window'] = window = open_window(lab)
    window.await_node('No People Yet')
    window.await_gone('You have no meeting point')
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_gone('Connected to bert')
    window.resize(*WIDE)


def wishes(lab):
    """Nothing is found; a button says what to do about that, and it can be undone."""
    window = state['window']
    window.key('ctrl+f')
    window.await_focus('Look for pictures')
    window.type('harbour')
    window.key('Return')
    window.await_node('Nothing Found', 'label')
    window.press('Got It')
    window.await_gone('People you’re connected to')
    window.audit()
    window.shoot('nothing')
    window.resize(*NARROW)
    window.audit()
    window.shoot('nothing', NARROW[0])
    window.resize(*WIDE)
    window.press('Tell Me When It Turns Up')
    window.press('Undo')
    window.await_node('Tell Me When It Turns Up')
    window.key('ctrl+d')
    window.await_node('You will be told.', 'label')
    window.await_gone('Tell Me When It Turns Up')
    window.audit()
    window.shoot('wished')


def lists(lab):
    """Where one begins, both stand; the keys go through them, and what is taken away comes back."""
    window = state['window']
    window.key('ctrl+f')
    window.type('boat')
    window.key('Return')
    window.await_node('Nothing Found', 'label')
    window.key('Escape')
    window.await_node('Recent Searches')
    window.await_node('harbour. Nothing new yet. Asked')
    window.audit()
    window.shoot('start')
    window.key('Down')
    window.await_focus('harbour. Nothing new yet.')
    window.key('Delete')
    window.await_focus('boat')
    window.await_node('You will not be told.', 'label')
    window.await_gone('You will be told.')
    window.shoot('removed')
    window.press('Undo')
    window.await_node('harbour. Nothing new yet.')
    window.key('Return')
    window.await_node('Nothing Found', 'label')
    window.key('Escape')
    window.await_node('Recent Searches')
    window.resize(*NARROW)
    window.audit()
    window.shoot('start', NARROW[0])
    window.resize(*WIDE)


def tells_once(lab):
    """Bert comes with a picture: a notification, and a click on it leads there. Then there is no other."""
    window, desktop = state['window'], state['desktop']
    state['bert'].end()
    hide(window)
    bert_shares(lab, state['night'])
    display.wait(lambda: desktop.find(TOLD), f'“{TOLD}”', LONG)
    assert desktop.find(TOLD)[2] == '1 picture', desktop.find(TOLD)
    desktop.click(TOLD)
    display.wait(lambda: is_shown(window), 'the window')
    window.await_node('Harbour at night')
    window.await_node('Asked 1 person')
    window.audit()
    window.shoot('turned-up')
    window.key('ctrl+f')  # which gives it the focus, as a window manager does
    window.await_focus('Look for pictures')
    window.key('Escape')
    window.await_node('harbour. Nothing new yet. Asked just now.')
    desktop.await_gone('Freshet Goes On Sharing')


def not_again(lab):
    """After a restart as well: only what is new since then is told of. It is shown although its owner has gone."""
    window, desktop = state['window'], state['desktop']
    window.key('ctrl+q')
    assert window.process.wait(display.PATIENCE) == 0
    state['bert'].end()
    state['window'] = window = open_window(lab, dark=True)
    window.await_node('Pictures', 'page tab')
    window.resize(*WIDE)
    hide(window)
    bert_shares(lab, state['night'], state['day'])
    display.wait(lambda: desktop.find(TOLD), f'“{TOLD}”', LONG)
    assert desktop.find(TOLD)[2] == '1 picture', desktop.find(TOLD)
    state['bert'].end()
    assert lab.start([lab.program], {}).wait(display.PATIENCE) == 0  # not by the notification
    display.wait(lambda: is_shown(window), 'the window')
    window.key('ctrl+f')
    window.await_node('harbour. 1 new picture. Asked')
    desktop.await_gone(TOLD)  # what has been seen is taken back
    window.audit()
    window.shoot('new')
    window.key('Down')
    window.await_focus('harbour. 1 new picture.')
    window.key('Return')
    window.await_node('Harbour by day')
    window.await_node('Nobody is here right now. These are from earlier.')
    window.audit()
    window.shoot('away')


def fits(lab):
    """With large text, in German."""
    state['window'].close()
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with display.Window(lab, [lab.program], 'Freshet', {'LANGUAGE': 'de'}) as window:
        window.await_node('Bilder', 'page tab')
        window.resize(*NARROWEST_LARGE)
        window.key('ctrl+f')
        window.await_node('harbour. Noch nichts Neues.')
        window.audit()
        window.shoot('start-large', NARROWEST_LARGE[0])
        window.resize(NARROWEST_LARGE[0], 1100)
        window.type('walrus')
        window.key('Return')
        window.press('Verstanden')
        window.await_node('Bescheid geben, wenn es auftaucht')
        window.audit()
        window.shoot('nothing-large', NARROWEST_LARGE[0])


if __name__ == '__main__':
    display.run_tests('wishes', [starts, wishes, lists, tells_once, not_again, fits])
