/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

/* A window with one of each thing that the audit has to find, and some that it must not. */

static GtkWidget *
make_narrow (GtkWidget *label)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  return scrolled;
}

static void
fill (GtkBox *box)
{
  GtkWidget *named = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *nameless = gtk_button_new_from_icon_name ("list-remove-symbolic");
  GtkWidget *area = gtk_drawing_area_new ();
  GtkWidget *cut = gtk_label_new ("This label is too long for where it stands");
  GtkWidget *fixed = gtk_fixed_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (named), GTK_ACCESSIBLE_PROPERTY_LABEL, "Add", -1);
  gtk_widget_set_tooltip_text (nameless, "A tooltip is no name");
  gtk_widget_set_focusable (area, TRUE);
  gtk_widget_set_size_request (area, 20, 20);
  gtk_label_set_ellipsize (GTK_LABEL (cut), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (cut), 8);
  gtk_widget_set_halign (cut, GTK_ALIGN_START);
  gtk_fixed_put (GTK_FIXED (fixed), gtk_label_new ("Below"), 0, 0);
  gtk_fixed_put (GTK_FIXED (fixed), gtk_label_new ("Above"), 5, 5);
  gtk_box_append (box, named);
  gtk_box_append (box, nameless);
  gtk_box_append (box, area);
  gtk_box_append (box, gtk_button_new_with_label ("A button with words"));
  gtk_box_append (box, cut);
  gtk_box_append (box, fixed);
  gtk_box_append (box, make_narrow (gtk_label_new ("This one can be scrolled to, however long it may be in the end")));
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  fill (GTK_BOX (box));
  gtk_window_set_title (GTK_WINDOW (window), "Bad");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 400);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("app.freshet.BadWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
