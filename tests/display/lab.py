# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer of its own for the real window: an X server, a session bus with the bus for accessibility, folders, a
meeting point and people; and what drives the window as a person does: keys, and what a screen reader knows.

Everything is waited for with a bound, and whatever was started has ended at the end."""
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import audit

PATIENCE = 20  # seconds for anything that the person would wait for
TOOLS = ('Xvfb', 'dbus-daemon', 'xdotool', 'xprop', 'import')
X_ENVIRONMENT = {'GDK_BACKEND': 'x11', 'GDK_DEBUG': 'gl-disable', 'GSK_RENDERER': 'cairo', 'GTK_A11Y': 'atspi',
                 'GSETTINGS_BACKEND': 'memory', 'GIO_USE_VFS': 'local', 'LC_ALL': 'C.UTF-8', 'NO_AT_BRIDGE': '0'}

TYPE_NAME = re.compile('(Gtk|Adw|Fr)[A-Z][A-Za-z]+')
PROPERTIES, ACCESSIBLE = 'org.freedesktop.DBus.Properties', 'org.a11y.atspi.Accessible'
COMPONENT, IN_WINDOW = 'org.a11y.atspi.Component', 1
STATES = {'focusable': 11, 'focused': 12, 'sensitive': 24, 'showing': 25, 'visible': 30}
ROLES = {7: 'check box', 16: 'dialog', 20: 'filler', 23: 'frame', 27: 'image', 29: 'label', 31: 'list', 32: 'list item',
         35: 'menu item', 37: 'page tab', 38: 'page tab list', 39: 'panel', 42: 'progress bar', 43: 'push button',
         44: 'radio button', 48: 'scroll bar', 49: 'scroll pane', 61: 'text', 62: 'toggle button', 79: 'entry',
         129: 'push button menu'}
REGISTRY = ('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')


class Skip(Exception):
    """Something is not installed."""


def wait(condition, what, patience=PATIENCE):
    """Until condition() is true; returns that."""
    end = time.monotonic() + patience
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f'{what}: not within {patience} s')
        time.sleep(0.05)


def write_picture(path, width=640, height=480, colour=(32, 96, 128)):
    """A photograph as far as Freshet is concerned: a PNG with a gradient."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        shade = 255 - y * 160 // height
        rows += bytes(channel * shade // 255 for channel in colour) * width

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
                     + chunk(b'IDAT', zlib.compress(bytes(rows), 1)) + chunk(b'IEND', b''))
    return path


class Bus:
    """The bus for accessibility, as a screen reader uses it. Questions are asked many at a time: one after the other
    takes seconds on a busy computer."""

    def __init__(self):
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                    Gio.DBusCallFlags.NONE, PATIENCE * 1000, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def ask(self, calls):
        """calls: of (name, path, interface, method, signature, arguments). What is gone meanwhile has no answer: None."""
        answers = [None] * len(calls)
        left = len(calls)

        def answered(connection, result, index):
            nonlocal left
            left -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except self.glib.Error:
                pass
        for index, (name, path, interface, method, signature, arguments) in enumerate(calls):
            self.connection.call(name, path, interface, method,
                                 self.glib.Variant(signature, arguments) if signature else None, None,
                                 self.gio.DBusCallFlags.NO_AUTO_START, PATIENCE * 1000, None, answered, index)
        while left > 0:
            self.glib.MainContext.default().iteration(True)
        return answers

    def read(self, nodes):
        """Fills in what is known of them: the names, states and children."""
        calls = []
        for node in nodes:
            calls += [(*node.address, PROPERTIES, 'GetAll', '(s)', (ACCESSIBLE,)),
                      (*node.address, ACCESSIBLE, 'GetState', None, ()),
                      (*node.address, ACCESSIBLE, 'GetChildren', None, ()),
                      (*node.address, COMPONENT, 'GetExtents', '(u)', (IN_WINDOW,))]
        answers = iter(self.ask(calls))
        for node in nodes:
            node.fill(next(answers), next(answers), next(answers), next(answers))

    def read_levels(self, addresses):
        """Widgets and all below them that may be shown, as they are now: a level after the other."""
        level = [Node(self, address, None) for address in addresses]
        while level:
            self.read(level)
            level = [node for node in level if node.is_visible]
            yield level
            level = [child for node in level for child in node.below]


class Node:
    """What a screen reader knows of a widget."""

    def __init__(self, bus, address, parent):
        self.bus, self.address, self.parent = bus, address, parent
        self.name, self.description, self.states, self.below = '', '', 0, []
        self.extents = (0, 0, 0, 0)  # where it is in its window: x, y, width, height

    def fill(self, properties, state, children, extents):
        if properties is None or state is None or children is None or extents is None:
            return
        self.name = clean_name(properties[0].get('Name', ''))
        self.description = properties[0].get('Description', '')
        self.states = state[0][0] | state[0][1] << 32
        self.extents = extents[0]
        self.below = [Node(self.bus, address, self) for address in children[0]]

    def _ask(self, interface, method, signature=None, arguments=()):
        return self.bus.ask([(*self.address, interface, method, signature, arguments)])[0]

    def has(self, state):
        return bool(self.states & 1 << STATES[state])

    @property
    def is_visible(self):
        """What was never shown has no size."""
        return self.has('visible') and self.extents[2:] != (0, 0)

    @property
    def is_focusable(self):
        return self.has('focusable')

    @property
    def role(self):
        answer = self._ask(ACCESSIBLE, 'GetRole')
        return ROLES.get(answer[0], f'widget of role {answer[0]}') if answer else ''

    @property
    def where(self):
        return '{},{} {}×{}'.format(*self.extents)

    @property
    def is_showing(self):
        """GTK 4.8 does not say what is on a page that is not shown: whether it is there is what a pointer would meet."""
        x, y, width, height = self.extents
        if not self.is_visible:
            return False
        line, (middle_x, middle_y) = self.line(), (x + width // 2, y + height // 2)
        # nothing is told of an icon, of the text in an entry or of a tile: what has those in its middle is met at its edge
        points = [(middle_x, middle_y), (x - 3, middle_y), (x + width + 2, middle_y), (middle_x, y - 3),
                  (middle_x, y + height + 2), (x - 1, middle_y)]
        answers = self.bus.ask([(*line[0].address, COMPONENT, 'GetAccessibleAtPoint', '(iiu)', (*point, IN_WINDOW))
                                for point in points])
        here = {self.address} | {node.address for level in self.bus.read_levels([child.address for child in self.below])
                                 for node in level}
        if not self.has('sensitive'):
            here |= {node.address for node in line}  # a pointer goes through it
        return any(met is not None and met[0] in here for met in answers)

    def line(self):
        """From the window down to this one."""
        return (self.parent.line() if self.parent is not None else []) + [self]

    def children(self):
        return self.below

    def press(self):
        assert self._ask('org.a11y.atspi.Action', 'DoAction', '(i)', (0,)) == (True,), f'{self} cannot be pressed'

    def __str__(self):
        return f'{self.role} “{self.name}” at {self.where}'


def clean_name(name):
    """GTK 4.8 says the type of what has no name, and a label with a mnemonic twice, once with the line."""
    plain = name.replace('_', '', 1)
    half = len(plain) // 2
    if plain != name and plain[:half] == plain[half + 1:]:
        return plain[:half]
    return '' if TYPE_NAME.fullmatch(name) else name


class Window:
    """The program, shown on the lab's display."""

    def __init__(self, lab, arguments, title, environment):
        self.lab = lab
        self.title = title
        self.labels = lab.folder / f'labels-{title}'
        self.scheme = 'dark' if environment.get('ADW_DEBUG_COLOR_SCHEME') == 'prefer-dark' else 'light'
        environment = dict(environment, FRESHET_LABELS=str(self.labels), GIO_EXTRA_MODULES=lab.modules)
        self.process = lab.start(arguments, environment)
        self.application = wait(self._find_application, f'{title} on the bus')
        wait(lambda: self.x_window(title), f'{title} on the display')

    def _find_application(self):
        assert self.process.poll() is None, f'{self.title} ended by itself'
        bus = self.lab.bus
        applications = bus.ask([(*REGISTRY, ACCESSIBLE, 'GetChildren', None, ())])[0] or ([],)
        pids = bus.ask([('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'GetConnectionUnixProcessID', '(s)', (name,)) for name, _ in applications[0]])
        for address, pid in zip(applications[0], pids):
            if pid == (self.process.pid,):
                return address
        return None

    def x_window(self, title):
        """The X window of the newest one with that title; the main window's may change."""
        found = self.lab.run('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid), '--name',
                             f'^{title}$', check=False).split()
        return found[-1] if found else None

    # what it shows

    def levels(self):
        answer = self.lab.bus.ask([(*self.application, ACCESSIBLE, 'GetChildren', None, ())])[0]
        assert answer is not None, f'{self.title} does not answer'
        return self.lab.bus.read_levels(answer[0])

    def windows(self):
        """Everything as it is now: a tree a window."""
        levels = list(self.levels())
        return levels[0] if levels else []

    def find(self, name, role=None):
        """One that is shown with a name that begins so; the nearest to the window."""
        for level in self.levels():
            for node in level:
                if node.name.startswith(name) and (role is None or node.role == role) and node.is_showing:
                    return node
        return None

    def await_node(self, name, role=None):
        return wait(lambda: self.find(name, role), f'{role or "something"} named “{name}…”')

    def await_gone(self, name, role=None):
        wait(lambda: self.find(name, role) is None, f'“{name}…” to go')

    def focused(self):
        return next((node for level in self.levels() for node in level if node.has('focused')), None)

    def await_focus(self, name):
        def has_it():
            node = self.focused()
            return node if node is not None and node.name.startswith(name) else None
        try:
            return wait(has_it, f'the focus on “{name}”')
        except AssertionError as error:
            raise AssertionError(f'{error}; it is on {self.focused()}') from None

    def tell_tree(self):
        def lines(node, depth):
            yield '  ' * depth + str(node) + (' focusable' if node.is_focusable else '')
            for child in node.children():
                if child.is_visible:
                    yield from lines(child, depth + 1)
        return '\n'.join(line for window in self.windows() for line in lines(window, 0))

    # what a person does

    def press(self, name, role='push button'):
        self.await_node(name, role).press()

    def key(self, *keys, title=None):
        window = wait(lambda: self.x_window(title or self.title), f'{title or self.title} to be there')
        self.lab.run('xdotool', 'windowfocus', '--sync', window)
        self.lab.run('xdotool', 'key', *keys)

    def type(self, text):
        self.lab.run('xdotool', 'type', text)

    def size(self):
        """Of what is in its border, which it has where nothing draws shadows."""
        return next(iter(self.levels()))[0].extents[2:]

    def resize(self, width, height):
        """Asks again as soon as its border, which is told apart by two programs, turns out to be another; and now and then:
        what was wide may need more room than it does once it is narrow."""
        window = self.x_window(self.title)
        asked = []

        def is_so():
            frame, size = self.x_size(window), self.size()
            wanted = [str(length + outer - inner) for length, outer, inner in zip((width, height), frame, size)]
            if not asked or asked[-1][1] != wanted or time.monotonic() > asked[-1][0] + 1:
                asked.append((time.monotonic(), wanted))
                self.lab.run('xdotool', 'windowsize', window, *wanted)
            return size[0] == width
        try:
            wait(is_so, f'{self.title} to be {width} pixels wide')
        except AssertionError as error:
            raise AssertionError(f'{error}; it is {self.size()} in {self.x_size(window)}, asked for {asked[-1]}') from None

    def x_size(self, window):
        told = dict(line.split('=') for line in self.lab.run('xdotool', 'getwindowgeometry', '--shell', window).split())
        return int(told['WIDTH']), int(told['HEIGHT'])

    # what is looked at afterwards

    def shoot(self, step, width=None, title=None):
        """Leaves a picture of it for people to look at."""
        if self.lab.screens is None:
            return
        window = self.x_window(title or self.title)
        path = self.lab.screens / f'{self.lab.name}-{step}-{width or self.x_size(window)[0]}-{self.scheme}.png'
        self.lab.run('import', '-window', window, str(path))

    def read_labels(self):
        self.labels.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR2)
        wait(self.labels.exists, 'the report on labels')
        return self.labels.read_text(encoding='utf-8')

    def find_faults(self, may_be_cut=()):
        faults = [fault for window in self.windows() for fault in audit.faults_of_tree(window)]
        return faults + list(audit.faults_of_labels(self.read_labels(), may_be_cut))

    def audit(self, may_be_cut=()):
        """Once nothing moves any more: what slides in is cut for a while."""
        faults = []

        def is_well():
            faults[:] = self.find_faults(may_be_cut)
            return not faults
        try:
            wait(is_well, 'a window that all can use', patience=3)
        except AssertionError as error:
            raise AssertionError('\n  '.join([str(error)] + faults)) from None

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if failure is None:
            self.close()
        else:
            self.lab.last_words(failure.__name__)
            self.process.kill()

    def close(self):
        """As a polite signal does; it must end well."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0, f'{self.title} ended with {self.process.returncode}'


class Talker:
    """A program of ours that tells what happens as a JSON object a line."""

    def __init__(self, lab, arguments):
        self.arguments = arguments
        self.process = lab.start(arguments, {}, stdout=subprocess.PIPE)
        self.told = []  # the thread below only adds to it
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.told.append(json.loads(line))

    def await_event(self, **wanted):
        """The first that says so, also if that was a while ago."""
        def find():
            return next((event for event in list(self.told)
                         if all(event.get(name) == value for name, value in wanted.items())), None)
        return wait(find, f'{self.arguments[1]} to say {wanted}')

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


class Lab:
    """Use it in a with statement."""

    def __init__(self, name):
        self.name = name
        self.children = []
        self.modules = os.environ['FRESHET_MODULES']
        self.cli = os.environ['FRESHET_CLI']
        self.program = os.environ['FRESHET_PROGRAM']
        screens = os.environ.get('FRESHET_SCREENS')
        self.screens = pathlib.Path(screens) if screens else None
        self.folder = None
        self.environment = None
        self.bus = None
        self.desktop = None

    def __enter__(self):
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing:
            raise Skip(f'no {", ".join(missing)}')
        if self.screens is not None:
            self.screens.mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='freshet-display-'))
        self.folder.chmod(0o700)
        try:
            self._begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _begin(self):
        run = self.folder
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ('WAYLAND_DISPLAY', 'XDG_CURRENT_DESKTOP', 'LANGUAGE', 'AT_SPI_BUS_ADDRESS')}
        self.environment.update(X_ENVIRONMENT, HOME=str(run), XDG_RUNTIME_DIR=str(run), XDG_DATA_HOME=str(run / 'data'),
                                XDG_CONFIG_HOME=str(run / 'config'), XDG_CACHE_HOME=str(run / 'cache'))
        self.environment['DISPLAY'] = ':' + self._start_and_read(
            'Xvfb', '-displayfd', '{}', '-screen', '0', '2000x1200x24', '-nolisten', 'tcp')
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = self._start_and_read(
            'dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address={}')
        os.environ.update(self.environment)
        try:
            self.bus = Bus()
        except ImportError as error:
            raise Skip(str(error)) from None
        from desktop import Desktop  # which waits as this does
        self.desktop = Desktop(self)

    def _start_and_read(self, *arguments):
        """Starts what writes its address to a descriptor, given as {}."""
        reading, writing = os.pipe()
        self.start([argument.format(writing) for argument in arguments], {}, pass_fds=[writing],
                   stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading, encoding='utf-8') as pipe:
            line = pipe.readline().strip()
        assert line, f'{arguments[0]} did not start'
        return line

    def __exit__(self, *_):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        end = time.monotonic() + 10
        for child in reversed(self.children):
            try:
                child.wait(max(end - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def last_words(self, test):
        """What the display looks like when something has gone wrong."""
        if self.screens is not None:
            self.run('import', '-window', 'root', str(self.screens / f'{self.name}-{test}-wrong.png'), check=False)

    def start(self, arguments, environment, **options):
        child = subprocess.Popen([str(argument) for argument in arguments], env=dict(self.environment, **environment),
                                 stdin=subprocess.DEVNULL, **{'stdout': sys.stderr, **options})
        self.children.append(child)
        return child

    def run(self, *arguments, check=True):
        return subprocess.run(arguments, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, timeout=PATIENCE, check=check).stdout

    def serve(self, port=0):
        """A meeting point; returns it and its address."""
        server = Talker(self, [self.cli, 'serve', '--port', str(port), '--json'])
        return server, server.await_event(event='ready')['server']

    def peer(self, name, server, *more):
        """Somebody else, without a window."""
        peer = Talker(self, [self.cli, 'peer', '--json', '--loopback', '--data', self.folder / name, '--name', name,
                             '--server', server, *more])
        peer.await_event(event='server', state='online')
        return peer

    def window(self, name, *more, dark=False, language='en', environment=None, named=True):
        """The program, for somebody with a data folder of that name; not named, they may have to be asked."""
        extra = {'LANGUAGE': language, 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light'}
        known = ['--name', name] if named else []
        return Window(self, [self.program, '--data', self.folder / name, *known, *more], 'Freshet',
                      dict(extra, **(environment or {})))


def run_tests(name, tests):
    """Runs tests (functions of a lab, in order, on one display) and prints what came out as TAP."""
    failed = False
    if sys.argv[1:]:  # the first makes what the others need
        tests = tests[:1] + [test for test in tests[1:] if test.__name__ in sys.argv[1:]]
    try:
        with Lab(name) as lab:
            print(f'1..{len(tests)}', flush=True)
            for number, test in enumerate(tests, 1):
                began = time.monotonic()
                try:
                    test(lab)
                    print(f'ok {number} - {test.__name__} {time.monotonic() - began:.1f} s', flush=True)
                except Exception as error:  # whatever it is, the others are worth running
                    failed = True
                    print(f'not ok {number} - {test.__name__}', flush=True)
                    words = f'{type(error).__name__}: {error}'
                    print('\n'.join('# ' + line for line in words.splitlines()), flush=True)
                    print(f'{test.__name__}: {words}', file=sys.stderr, flush=True)  # which meson shows
                    lab.last_words(test.__name__)
    except Skip as reason:
        print(f'1..0 # SKIP {reason}')
    sys.exit(1 if failed else 0)
