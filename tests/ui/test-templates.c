/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "fr-application.h"
#include "fr-asking-view.h"
#include "fr-audience-dialog.h"
#include "fr-background-page.h"
#include "fr-connection-page.h"
#include "fr-doctor-row.h"
#include "fr-describe-bar.h"
#include "fr-failures-dialog.h"
#include "fr-filter-bar.h"
#include "fr-first-start.h"
#include "fr-introduce-dialog.h"
#include "fr-invitation-entry.h"
#include "fr-invite-card.h"
#include "fr-invite-sheet.h"
#include "fr-meeting-here.h"
#include "fr-meeting-point-form.h"
#include "fr-metadata-row.h"
#include "fr-name-entry.h"
#include "fr-notice-bar.h"
#include "fr-person-details.h"
#include "fr-person-head.h"
#include "fr-person-pictures.h"
#include "fr-person-row.h"
#include "fr-pictures-page.h"
#include "fr-preferences-window.h"
#include "fr-qr-code.h"
#include "fr-readers-popover.h"
#include "fr-search-start.h"
#include "fr-search-xray.h"
#include "fr-thumbnail.h"
#include "fr-trace-row.h"
#include "fr-transfer-row.h"
#include "fr-transfers-button.h"
#include "fr-transfers-list.h"
#include "fr-viewer-bar.h"
#include "fr-wall-selection.h"
#include "fr-wish-row.h"
#include "fr-you-page.h"

#include "tests.h"

/* Every template fits its type: a name that is wrong in either would be a critical, which ends the test. */
static void
test_template (gconstpointer data)
{
  GType (*get_type) (void) = data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (get_type (), NULL));

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (widget);
}

/* What only an icon tells needs a label for those who cannot see it. */
static void
check_labels (GtkWidget *widget)
{
  GtkWidget *child;

  if ((GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
      || (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)) != NULL))
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  if (ADW_IS_ENTRY_ROW (widget))
    return; /* whose buttons are not ours */
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_labels (child);
}

static void
test_labels (void)
{
  GtkWidget *main_view = g_object_ref_sink (g_object_new (FR_TYPE_MAIN_VIEW, NULL));

  check_labels (main_view);
  g_object_unref (main_view);
}

/* A telephone is 360 pixels wide. */
static void
test_width (void)
{
  GtkWidget *main_view = g_object_ref_sink (g_object_new (FR_TYPE_MAIN_VIEW, NULL));
  GtkWidget *first_start = g_object_ref_sink (g_object_new (FR_TYPE_FIRST_START, NULL));
  GtkWidget *dialogs[]
    = { g_object_new (FR_TYPE_AUDIENCE_DIALOG, NULL), g_object_new (FR_TYPE_INTRODUCE_DIALOG, NULL),
        g_object_new (FR_TYPE_INVITE_SHEET, NULL) };
  const GType pages[]
    = { FR_TYPE_YOU_PAGE, FR_TYPE_CONNECTION_PAGE, FR_TYPE_PICTURES_PAGE, FR_TYPE_BACKGROUND_PAGE };
  int minimum;

  gtk_widget_measure (main_view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (first_start, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      gtk_widget_measure (dialogs[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      gtk_window_destroy (GTK_WINDOW (dialogs[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = g_object_ref_sink (g_object_new (pages[i], NULL));

      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      g_object_unref (page);
    }
  g_object_unref (first_start);
  g_object_unref (main_view);
}

void
test_templates_add (void)
{
  static const struct
  {
    const char *name;
    GType (*get_type) (void);
  } rows[] = {
    { "adding-view", fr_adding_view_get_type },
    { "asking-view", fr_asking_view_get_type },
    { "audience-dialog", fr_audience_dialog_get_type },
    { "background-page", fr_background_page_get_type },
    { "connection-page", fr_connection_page_get_type },
    { "describe-bar", fr_describe_bar_get_type },
    { "details", fr_details_get_type },
    { "doctor-page", fr_doctor_page_get_type },
    { "doctor-row", fr_doctor_row_get_type },
    { "network-page", fr_network_page_get_type },
    { "trace-row", fr_trace_row_get_type },
    { "failures-dialog", fr_failures_dialog_get_type },
    { "first-start", fr_first_start_get_type },
    { "gallery-page", fr_gallery_page_get_type },
    { "filter-bar", fr_filter_bar_get_type },
    { "import-bar", fr_import_bar_get_type },
    { "introduce-dialog", fr_introduce_dialog_get_type },
    { "invitation-entry", fr_invitation_entry_get_type },
    { "invite-card", fr_invite_card_get_type },
    { "invite-sheet", fr_invite_sheet_get_type },
    { "main-view", fr_main_view_get_type },
    { "meeting-here", fr_meeting_here_get_type },
    { "meeting-point-form", fr_meeting_point_form_get_type },
    { "metadata-row", fr_metadata_row_get_type },
    { "name-entry", fr_name_entry_get_type },
    { "new-page", fr_new_page_get_type },
    { "news-card", fr_news_card_get_type },
    { "notice-bar", fr_notice_bar_get_type },
    { "people-page", fr_people_page_get_type },
    { "person-details", fr_person_details_get_type },
    { "person-head", fr_person_head_get_type },
    { "person-page", fr_person_page_get_type },
    { "person-pictures", fr_person_pictures_get_type },
    { "person-row", fr_person_row_get_type },
    { "pictures-page", fr_pictures_page_get_type },
    { "preferences-window", fr_preferences_window_get_type },
    { "qr-code", fr_qr_code_get_type },
    { "readers-popover", fr_readers_popover_get_type },
    { "search-page", fr_search_page_get_type },
    { "search-start", fr_search_start_get_type },
    { "search-xray", fr_search_xray_get_type },
    { "thumbnail", fr_thumbnail_get_type },
    { "transfer-row", fr_transfer_row_get_type },
    { "transfers-button", fr_transfers_button_get_type },
    { "transfers-list", fr_transfers_list_get_type },
    { "viewer", fr_viewer_get_type },
    { "viewer-bar", fr_viewer_bar_get_type },
    { "wall", fr_wall_get_type },
    { "wall-selection", fr_wall_selection_get_type },
    { "wish-row", fr_wish_row_get_type },
    { "window", fr_window_get_type },
    { "you-page", fr_you_page_get_type },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/templates/", rows[i].name, NULL);

      g_test_add_data_func (path, rows[i].get_type, test_template);
    }
  g_test_add_func ("/ui/templates/width", test_width);
  g_test_add_func ("/ui/templates/labels", test_labels);
}
