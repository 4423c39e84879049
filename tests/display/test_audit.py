#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit finds what it is there for: in a window that has one fault of each kind, those and no others."""
import os

import audit
import lab


class Fake:
    """A widget that a screen reader would know so."""

    def __init__(self, role, name='', is_focusable=False, is_showing=True, is_visible=True, children=()):
        self.role, self.name, self.is_focusable = role, name, is_focusable
        self.is_showing, self.is_visible = is_showing, is_visible
        self.description, self.where, self._children = '', 'here', children

    def children(self):
        return self._children


def finds_what_has_no_name(_):
    rows = [
        (Fake('panel'), 0),
        (Fake('panel', is_focusable=True), 1),
        (Fake('panel', 'Pictures', is_focusable=True), 0),
        (Fake('push button'), 1),
        (Fake('push button', ' '), 1),
        (Fake('push button', 'Add'), 0),
        (Fake('push button', is_showing=False), 0),
        (Fake('panel', is_visible=False, children=[Fake('push button')]), 0),
        (Fake('panel', is_showing=False, children=[Fake('push button')]), 1),
        (Fake('list', is_focusable=True), 1),
        (Fake('list', is_focusable=True, children=[Fake('list item', 'Anna', is_focusable=True)]), 0),
        (Fake('scroll pane', is_focusable=True, children=[Fake('panel', is_focusable=True)]), 1),
        (Fake('panel', children=[Fake('push button'), Fake('panel', children=[Fake('list item', is_focusable=True)])]), 2),
    ]
    for tree, count in rows:
        faults = list(audit.faults_of_tree(tree))
        assert len(faults) == count, faults


def finds_what_is_cut(_):
    rows = [
        ('', 1),
        ('all\t0\t\n', 1),
        ('all\t3\t\n', 0),
        ('ellipsized\t0,0 8×8\tAnna Long\nall\t3\t\n', 0),
        ('ellipsized\t0,0 8×8\tKeep Sha\nall\t3\t\n', 1),
        ('cut\t0,0 8×8\tAnna Long\noverlapping\t0,0 8×8\tKeep\nall\t3\t\n', 2),
    ]
    for report, count in rows:
        faults = list(audit.faults_of_labels(report, may_be_cut=['Anna']))
        assert len(faults) == count, faults


def finds_all_in_a_bad_window(laboratory):
    window = lab.Window(laboratory, [os.environ['FRESHET_BAD_WINDOW']], 'Bad', {})
    window.await_node('A button with words', 'push button')
    wanted = ['push button without a label', 'takes the focus without a name', 'ellipsized label', 'overlapping label']

    def are_found():
        faults = window.find_faults()
        return len(faults) == len(wanted) and all(any(part in fault for fault in faults) for part in wanted)
    try:
        lab.wait(are_found, 'the four faults')
    except AssertionError:
        raise AssertionError(f'{window.find_faults()}\n{window.tell_tree()}') from None
    try:
        window.audit()
    except AssertionError:
        return
    raise AssertionError('the audit lets it pass')


if __name__ == '__main__':
    lab.run_tests('audit', [finds_what_has_no_name, finds_what_is_cut, finds_all_in_a_bad_window])
