# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether everybody can use what a window shows: nothing that takes the focus is without a name, no button is an icon
and nothing else, and no label is cut."""

BUTTONS = {'push button', 'toggle button', 'push button menu', 'check box', 'radio button', 'page tab'}


def faults_of_tree(node):
    """node has role, name, description, is_visible, is_showing (which takes longer to ask), is_focusable, where and
    children()."""
    if not node.is_visible:
        return
    if not node.name.strip():
        if node.role in BUTTONS and node.is_showing:
            yield f'a {node.role} without a label at {node.where}' + (f' (“{node.description}”)' if node.description else '')
        elif node.is_focusable and not hands_on(node) and node.is_showing:
            yield f'a {node.role} that takes the focus without a name at {node.where}'
    for child in node.children():
        yield from faults_of_tree(child)


def hands_on(node):
    """GTK gives what can be scrolled the focus only where nothing in it takes it, and then the words in it are read; a list
    gives it to its rows."""
    return node.role == 'scroll pane' or (node.role == 'list' and any(can_take_focus(child) for child in node.children()))


def can_take_focus(node):
    return node.is_visible and (node.is_focusable or any(can_take_focus(child) for child in node.children()))


def faults_of_labels(report, may_be_cut=()):
    """report: what label-watch.c wrote; may_be_cut: titles and names of people that may be ellipsized."""
    lines = [line.split('\t', 2) for line in report.splitlines()]
    if not lines or lines[-1][0] != 'all' or int(lines[-1][1]) == 0:
        yield 'no label was looked at'
    for fault, where, text in lines[:-1]:
        if fault != 'ellipsized' or not any(text.startswith(name) for name in may_be_cut):
            yield f'{fault} label at {where}: “{text}”'
