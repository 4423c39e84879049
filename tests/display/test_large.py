#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of 100 megapixels, looked at closely here and there; and pictures that move, and stand still when they are
told to, or where nothing is to move."""
import os
import shutil
import struct
import subprocess
import time
import zlib

import lab as display

PATIENCE = 60  # seconds: 100 megapixels on a busy computer
VIEW = 960, 680
NAMES = ('Fine', 'Flag', 'Zones')  # titles
state = {}


def write_fine_picture(path, width=12500, height=8000):
    """Black and white squares of ten pixels, which are grey from afar: a PNG, a row at a time."""
    rows = [(b'\0' * 10 + b'\xff' * 10) * (width // 20), (b'\xff' * 10 + b'\0' * 10) * (width // 20)]
    packer = zlib.compressobj(1)

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    packed = b''.join(packer.compress((b'\0' + rows[y % 2]) * 10) for y in range(height // 10)) + packer.flush()
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
                     + chunk(b'IDAT', packed) + chunk(b'IEND', b''))
    return path


def write_flag(path, width=320, height=240, hundredths=20):
    """Red, green and blue, one after the other: a GIF whose codes are single pixels, cleared before they grow."""
    frames = b''
    for colour in range(3):
        bits, n_bits, codes = 0, 0, bytearray()
        for code in ([4, colour, colour] * (width * height // 2)) + [5]:
            bits, n_bits = bits | code << n_bits, n_bits + 3
            while n_bits >= 8:
                codes.append(bits & 255)
                bits, n_bits = bits >> 8, n_bits - 8
        codes.append(bits)
        blocks = b''.join(bytes([len(codes[at:at + 255])]) + codes[at:at + 255] for at in range(0, len(codes), 255))
        frames += (b'!\xf9\4\4' + struct.pack('<H', hundredths) + b'\0\0,' + struct.pack('<HHHH', 0, 0, width, height)
                   + b'\0\2' + blocks + b'\0')
    path.write_bytes(b'GIF89a' + struct.pack('<HH', width, height) + b'\x81\0\0\xff\0\0\0\xff\0\0\0\xff\xff\xff\xff'
                     + frames + b';')
    return path


def starts(lab):
    """Anna has the three of them."""
    zones = lab.folder / 'Zones.webp'
    shutil.copy(os.environ['FRESHET_MOVING_WEBP'], zones)
    pictures = [write_fine_picture(lab.folder / 'Fine.png'), write_flag(lab.folder / 'Flag.gif'), zones]
    subprocess.run([lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'anna'), '--audience', 'contacts',
                    *[str(path) for path in pictures]],
                   env=lab.environment, stdout=subprocess.DEVNULL, timeout=2 * PATIENCE, check=True)


def open_window(lab, title, environment=None, dark=False):
    """The viewer, with that picture."""
    window = lab.window('anna', environment=environment, dark=dark)
    window.resize(*VIEW)
    window.press('Pictures', 'page tab')
    tile = display.wait(lambda: next((node for level in window.levels() for node in level
                                      if node.name.endswith(title) and node.is_showing), None), 'its tile', PATIENCE)
    x, y, width, height = tile.extents
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(x + width // 2), str(y + height // 2),
            'click', '1')
    display.wait(lambda: window.focused() is not None and window.focused().role == 'image', 'the picture')
    assert window.focused().name.startswith(title), window.focused()
    return window


def read_pixels(lab, window, x, y, width=1, height=1):
    """What is there: the shade of each channel of each pixel, from 0 to 255."""
    text = lab.run('import', '-window', window.x_window(window.title), '-crop', f'{width}x{height}+{x}+{y}', '-depth', '8',
                   'txt:-')
    shades = []
    for line in text.splitlines():
        if '#' in line and '(' in line:
            value = line.split('#')[1].split()[0]
            shades.append(tuple(int(value[at:at + 2], 16) for at in (0, 2, 4)))
    return shades


def is_sharp(lab, window):
    """Black and white, and hardly anything between; from afar it is grey."""
    shades = [shade[0] for shade in read_pixels(lab, window, VIEW[0] // 2, VIEW[1] // 2, 60, 60)]
    return (sum(shade < 16 for shade in shades) > len(shades) // 3 and sum(shade > 239 for shade in shades) > len(shades) // 3)


def is_grey(lab, window):
    """Once it is there at all."""
    shades = [shade[0] for shade in read_pixels(lab, window, VIEW[0] // 2, VIEW[1] // 2, 60, 60)]
    return all(80 < shade < 176 for shade in shades)


def is_seen_closely(lab):
    """All of it, then all its pixels, here and further on, larger than they are, and all of it again."""
    with open_window(lab, 'Fine') as window:
        display.wait(lambda: is_grey(lab, window), 'all of it', PATIENCE)
        assert find_button(window, 'Play') is None and find_button(window, 'Stop moving') is None
        window.shoot('all')
        window.key('ctrl+1')
        window.await_node('100 %', 'push button')
        display.wait(lambda: is_sharp(lab, window), 'its pixels', PATIENCE)
        window.shoot('actual')
        for keys in (['shift+Right'] * 8, ['shift+Down'] * 9, ['shift+Left'] * 3):
            window.key(*keys)
            display.wait(lambda: is_sharp(lab, window), 'its pixels further on', PATIENCE)
        window.key('plus', 'plus')
        display.wait(lambda: is_sharp(lab, window), 'its pixels, larger', PATIENCE)
        window.shoot('larger')
        window.audit(NAMES)
        window.key('ctrl+0')
        display.wait(lambda: is_grey(lab, window), 'all of it again', PATIENCE)


def find_button(window, name):
    """The one that plays and stops: what a pointer meets in its middle is an icon, of which GTK says nothing."""
    return next((node for level in window.levels() for node in level if node.name == name and node.role == 'push button'),
                None)


def await_button(window, name):
    return display.wait(lambda: find_button(window, name), f'the button “{name}”', PATIENCE)


def has_moved(lab, window, place, seen):
    seen.add(read_pixels(lab, window, *place)[0])
    return len(seen) > 1


def find_middle(window):
    """Of the picture, which stands in the middle of the view."""
    x, y, width, height = window.focused().extents
    return x + width // 2, y + height // 2


def is_still(lab, window, place):
    """For five times as long as a frame is to be seen."""
    shade, end = read_pixels(lab, window, *place), time.monotonic() + 1
    while time.monotonic() < end:
        if read_pixels(lab, window, *place) != shade:
            return False
    return True


def await_still(lab, window, place):
    """What was drawn already when it was stopped may still come."""
    display.wait(lambda: is_still(lab, window, place), 'it to stand still')


def moves(lab):
    """A GIF moves, stops with Space, goes on with the button."""
    with open_window(lab, 'Flag') as window:
        await_button(window, 'Stop moving')
        place = find_middle(window)
        seen = set()
        display.wait(lambda: has_moved(lab, window, place, seen), 'another frame', PATIENCE)
        assert seen <= {(255, 0, 0), (0, 255, 0), (0, 0, 255)}, seen
        window.audit(NAMES)
        window.shoot('moving')
        window.key('space')
        await_button(window, 'Play')
        await_still(lab, window, place)
        window.shoot('stopped')
        await_button(window, 'Play').press()
        await_button(window, 'Stop moving')
        seen = set()
        display.wait(lambda: has_moved(lab, window, place, seen), 'another frame', PATIENCE)
        window.resize(360, 640)
        await_button(window, 'Stop moving')
        window.audit(NAMES)
        window.shoot('moving', 360)


def moves_as_webp(lab):
    """So does a WebP, in whose first frame there is a red corner."""
    with open_window(lab, 'Zones', dark=True) as window:
        await_button(window, 'Stop moving')
        x, y = find_middle(window)
        seen = set()
        display.wait(lambda: has_moved(lab, window, (x - 250, y - 60), seen), 'another frame', PATIENCE)
        window.shoot('webp')


def stands_still_where_nothing_is_to_move(lab):
    """Until it is told to move."""
    settings = lab.folder / 'still' / 'gtk-4.0' / 'settings.ini'
    settings.parent.mkdir(parents=True)
    settings.write_text('[Settings]\ngtk-enable-animations=false\n', encoding='utf-8')
    with open_window(lab, 'Flag', {'XDG_CONFIG_HOME': str(lab.folder / 'still')}) as window:
        await_button(window, 'Play')
        place = find_middle(window)
        await_still(lab, window, place)
        window.shoot('still')
        window.key('space')
        await_button(window, 'Stop moving')
        seen = set()
        display.wait(lambda: has_moved(lab, window, place, seen), 'another frame', PATIENCE)
        window.key('space')
        await_button(window, 'Play')
        await_still(lab, window, place)


if __name__ == '__main__':
    display.run_tests('large', [starts, is_seen_closely, moves, moves_as_webp, stands_still_where_nothing_is_to_move])
