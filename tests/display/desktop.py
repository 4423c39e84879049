# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows notifications: GIO warns where nothing does; and, where it is wanted, a portal."""
import os
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


PORTAL_NAME, PORTAL_PATH = 'org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop'
PORTAL_METHOD = """<method name="{}"><arg type="s" direction="in"/><arg type="h" direction="in"/>
  <arg type="a{{sv}}" direction="in"/><arg type="o" direction="out"/></method>"""
PORTAL_XML = f"""<node>
  <interface name="org.freedesktop.portal.OpenURI">
    {PORTAL_METHOD.format('OpenFile')}{PORTAL_METHOD.format('OpenDirectory')}
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Wallpaper">
    {PORTAL_METHOD.format('SetWallpaperFile')}<property name="version" type="u" access="read"/>
  </interface>
</node>"""


class Desktop:
    """Shows notifications, in a thread of its own, and clicks on them."""

    def __init__(self, lab):
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.shown = {}  # the thread below only replaces it
        self.last = 0
        self.connection = None
        self.context = None
        self.asked, self.response = [], 0  # of the portal; the thread below only replaces it
        self.address = lab.environment['DBUS_SESSION_BUS_ADDRESS']
        self.ready = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        assert self.ready.wait(PATIENCE), 'no desktop'

    def _serve(self):
        self.context = context = self.glib.MainContext()
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

    def offer_portal(self):
        """From now on there is a portal, as in a Flatpak or on a desktop with one."""
        self.asked, self.response = [], 0
        info = self.gio.DBusNodeInfo.new_for_xml(PORTAL_XML)
        done = threading.Event()

        def register():
            for interface in info.interfaces:
                self.connection.register_object(PORTAL_PATH, interface, self._asked, lambda *_: self.glib.Variant('u', 1),
                                                None)
            self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                      'RequestName', self.glib.Variant('(su)', (PORTAL_NAME, 0)), None,
                                      self.gio.DBusCallFlags.NONE, -1, None)
            done.set()
        self.context.invoke_full(0, register)
        assert done.wait(PATIENCE), 'no portal'

    def _asked(self, connection, sender, path, interface, method, parameters, invocation):
        """Answers as the person is said to, and remembers what was asked, and the file."""
        values = parameters.unpack()
        fds = invocation.get_message().get_unix_fd_list()
        handle = fds.get(values[1])
        name = os.path.basename(os.readlink(f'/proc/self/fd/{handle}'))
        with open(handle, 'rb') as file:
            content = file.read()
        self.asked = self.asked + [(method, name, content, values[2])]
        request = f'{PORTAL_PATH}/request/{sender[1:].replace(".", "_")}/{values[2]["handle_token"]}'
        invocation.return_value(self.glib.Variant('(o)', (request,)))
        connection.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response',
                               self.glib.Variant('(ua{sv})', (self.response, {})))

    def await_asked(self, method):
        """The name and bytes of the file, and the options."""
        found = wait(lambda: [asked for asked in self.asked if asked[0] == method], f'{method} to be asked for')
        self.asked = [asked for asked in self.asked if asked not in found]
        return found[-1][1:]

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
