# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows notifications: GIO warns where nothing does."""
import threading

from lab import PATIENCE, wait

NAME = INTERFACE = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = f"""<node><interface name="{INTERFACE}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
</interface></node>"""


class Desktop:
    """Shows notifications, in a thread of its own, and clicks on them."""

    def __init__(self, lab):
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.shown = {}  # the thread below only replaces it
        self.last = 0
        self.connection = None
        self.address = lab.environment['DBUS_SESSION_BUS_ADDRESS']
        self.ready = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        assert self.ready.wait(PATIENCE), 'no desktop'

    def _serve(self):
        context = self.glib.MainContext()
        context.push_thread_default()
        flags = self.gio.DBusConnectionFlags
        self.connection = self.gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        interface = self.gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.connection.register_object(PATH, interface, self._called, None, None)
        self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName',
                                  self.glib.Variant('(su)', (NAME, 0)), None, self.gio.DBusCallFlags.NONE, -1, None)
        self.ready.set()
        self.glib.MainLoop(context).run()

    def _called(self, connection, sender, path, interface, method, parameters, invocation):
        answers = {'GetCapabilities': self.glib.Variant('(as)', (['actions', 'body'],)),
                   'GetServerInformation': self.glib.Variant('(ssss)', ('lab', 'lab', '1', '1.2'))}
        answer = answers.get(method)
        values = parameters.unpack()
        if method == 'Notify':
            self.last += 1
            number = values[1] or self.last
            buttons = dict(zip(values[5][1::2], values[5][::2]))
            self.shown = {**self.shown, number: (values[3], values[4], buttons)}
            answer = self.glib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            self._close(values[0])
        invocation.return_value(answer)

    def _close(self, closed):
        self.shown = {number: told for number, told in self.shown.items() if number != closed}

    def find(self, summary):
        return next(((number, *told) for number, told in self.shown.items() if told[0].startswith(summary)), None)

    def await_shown(self, summary):
        return wait(lambda: self.find(summary), f'a notification “{summary}…”')

    def await_gone(self, summary):
        wait(lambda: self.find(summary) is None, f'“{summary}…” to be taken back')

    def click(self, summary, button=None):
        """A button, or all of it; either closes it, as desktops do."""
        number, _, _, buttons = self.await_shown(summary)
        self._close(number)
        action = buttons[button] if button else 'default'
        self.connection.emit_signal(None, PATH, INTERFACE, 'ActionInvoked', self.glib.Variant('(us)', (number, action)))
