/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-describe-bar.h"

#include <glib/gi18n.h>

#include "fr-import-text.h"
#include "fr-toast.h"

struct _FrDescribeBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkEntry *entry;
  GtkWidget *save_button;
  GtkLabel *error_label;

  /* owned */
  FrGallery *gallery; /* nullable: nothing is asked */
  GArray *ids;        /* of FrContentId: what was added and is not described */

  /* state */
  guint others_see_them : 1;
  guint is_saving : 1;
};

G_DEFINE_FINAL_TYPE (FrDescribeBar, fr_describe_bar, ADW_TYPE_BIN)

/* What was just done is said over the lower edge of the window, where the field would be below it. */
static void
raise_toasts (FrDescribeBar *self, gboolean raised)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL && raised)
    gtk_widget_add_css_class (overlay, "above-bar");
  else if (overlay != NULL)
    gtk_widget_remove_css_class (overlay, "above-bar");
}

static void
fr_describe_bar_map (GtkWidget *widget)
{
  FrDescribeBar *self = FR_DESCRIBE_BAR (widget);

  GTK_WIDGET_CLASS (fr_describe_bar_parent_class)->map (widget);
  raise_toasts (self, gtk_revealer_get_reveal_child (self->revealer));
}

static void
fr_describe_bar_unmap (GtkWidget *widget)
{
  raise_toasts (FR_DESCRIBE_BAR (widget), FALSE);
  GTK_WIDGET_CLASS (fr_describe_bar_parent_class)->unmap (widget);
}

static char *
get_text (FrDescribeBar *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
update (FrDescribeBar *self)
{
  g_autofree char *text = get_text (self);

  gtk_widget_set_sensitive (self->save_button, *text != '\0' && !self->is_saving);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !self->is_saving); /* it keeps the focus */
}

static void
show_error (FrDescribeBar *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
  if (text == NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrDescribeBar) self = data;
  g_autoptr (GError) error = NULL;
  int n = fr_gallery_describe_finish (FR_GALLERY (source), result, &error);

  self->is_saving = FALSE;
  if (self->gallery == NULL)
    return; /* the window has closed */
  update (self);
  if (n < 0)
    {
      show_error (self, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  fr_toast_say (GTK_WIDGET (self), fr_import_text_described (self->ids->len, self->others_see_them));
  fr_describe_bar_dismiss (self);
}

static void
save_cb (FrDescribeBar *self)
{
  g_autofree char *text = get_text (self);

  if (*text == '\0' || self->is_saving || self->ids->len == 0)
    return;
  self->is_saving = TRUE;
  show_error (self, NULL);
  update (self);
  fr_gallery_describe_async (self->gallery, (const FrContentId *) (gpointer) self->ids->data, self->ids->len, text, NULL,
                             described_cb, g_object_ref (self));
}

static void
changed_cb (FrDescribeBar *self)
{
  show_error (self, NULL);
  update (self);
}

/* Escape: what is typed, then the field. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  FrDescribeBar *self = FR_DESCRIBE_BAR (widget);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    fr_describe_bar_dismiss (self);
  return GDK_EVENT_STOP;
}

static void
fr_describe_bar_dispose (GObject *object)
{
  FrDescribeBar *self = FR_DESCRIBE_BAR (object);

  g_clear_object (&self->gallery);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_DESCRIBE_BAR);
  G_OBJECT_CLASS (fr_describe_bar_parent_class)->dispose (object);
}

static void
fr_describe_bar_finalize (GObject *object)
{
  g_array_unref (FR_DESCRIBE_BAR (object)->ids);
  G_OBJECT_CLASS (fr_describe_bar_parent_class)->finalize (object);
}

static void
fr_describe_bar_class_init (FrDescribeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_describe_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_describe_bar_finalize;
  widget_class->map = fr_describe_bar_map;
  widget_class->unmap = fr_describe_bar_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-describe-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrDescribeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrDescribeBar, label);
  gtk_widget_class_bind_template_child (widget_class, FrDescribeBar, entry);
  gtk_widget_class_bind_template_child (widget_class, FrDescribeBar, save_button);
  gtk_widget_class_bind_template_child (widget_class, FrDescribeBar, error_label);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_describe_bar_dismiss);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
fr_describe_bar_init (FrDescribeBar *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
fr_describe_bar_set_gallery (FrDescribeBar *self, FrGallery *gallery)
{
  g_set_object (&self->gallery, gallery);
}

/**
 * fr_describe_bar_ask:
 * @self: a bar
 * @import: one that is finished
 * @since_us: when it began (real time)
 *
 * Asks about what it has added, and about what was added before and is not described.
 *
 * Returns: how many there are to be described
 */
guint
fr_describe_bar_ask (FrDescribeBar *self, FrImport *import, gint64 since_us)
{
  GPtrArray *pictures = fr_import_get_pictures (import);
  guint n_before = self->ids->len;

  if (self->gallery == NULL || self->is_saving)
    return 0;
  for (guint i = 0; i < pictures->len; i++)
    {
      const FrPicture *picture = pictures->pdata[i];

      if (picture->added_us < since_us || *picture->description != '\0')
        continue;
      g_array_append_val (self->ids, picture->id);
      self->others_see_them = self->others_see_them || picture->audience != FR_AUDIENCE_ONLY_ME;
    }
  if (self->ids->len == n_before)
    return self->ids->len;
  gtk_label_set_label (self->label, fr_import_text_question (self->ids->len));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fr_import_text_question (self->ids->len), -1);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  raise_toasts (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
  return self->ids->len;
}

/**
 * fr_describe_bar_dismiss:
 * @self: a bar
 *
 * Asks no more; what was added stays without a description. The focus goes on to what follows.
 */
void
fr_describe_bar_dismiss (FrDescribeBar *self)
{
  GtkWidget *focus_child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (focus_child != NULL)
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (focus_child)), GTK_DIR_TAB_BACKWARD);
  g_array_set_size (self->ids, 0);
  self->others_see_them = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  raise_toasts (self, FALSE);
}
