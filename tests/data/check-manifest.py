#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest is sound: what it builds is pinned, and it asks for no more than it needs."""
import json
import pathlib
import re
import sys

ALLOWED = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}


def faults_of_module(module, is_last):
    name = module.get('name', '(no name)')
    sources = module.get('sources', [])
    if is_last:
        if name != 'freshet' or [source['type'] for source in sources] != ['dir']:
            yield 'the last module must be freshet, from this folder'
        return
    if len(sources) != 1 or sources[0].get('type') != 'git':
        yield f'{name}: exactly one source, of type git, is wanted'
        return
    source = sources[0]
    if not re.fullmatch(r'https://[^ ]+\.git', source.get('url', '')):
        yield f'{name}: no https address of a repository'
    if not source.get('tag'):
        yield f'{name}: no tag'
    if not re.fullmatch(r'[0-9a-f]{40}', source.get('commit', '')):
        yield f'{name}: no commit'
    if 'branch' in source:
        yield f'{name}: a branch moves'


def faults_of(manifest, app_id):
    if manifest.get('id') != app_id:
        yield f'its id is not {app_id}'
    if manifest.get('runtime') != 'org.gnome.Platform' or manifest.get('sdk') != 'org.gnome.Sdk':
        yield 'not for the GNOME platform'
    if not re.fullmatch(r'[0-9]+', manifest.get('runtime-version', '')):
        yield 'the runtime version is not that of a stable release'
    for permission in set(manifest.get('finish-args', [])) - ALLOWED:
        yield f'asks for {permission}'
    names = [module.get('name') for module in manifest['modules']]
    if len(names) != len(set(names)):
        yield 'two modules have one name'
    for index, module in enumerate(manifest['modules']):
        yield from faults_of_module(module, index == len(names) - 1)


def main(root):
    path = next((root / 'flatpak').glob('*.json'))
    faults = list(faults_of(json.loads(path.read_text(encoding='utf-8')), path.stem))
    for fault in faults:
        print(f'{path.name}: {fault}', file=sys.stderr)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
