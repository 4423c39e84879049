/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-tag-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fr-facts.h"
#include "fr-gallery-item.h"
#include "fr-wrap-layout.h"

#define SPACING 6

struct _FrTagEntry
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *text;      /* a child, as the chips are, after them */
  GPtrArray *tags;      /* of char *, in the order of the chips */
  GListModel *pictures; /* nullable */
  GHashTable *counts;   /* char * -> how many pictures have it; nullable: not counted yet */

  GSource *completing;

  /* state */
  guint length;          /* of what is typed, so that what is taken away is not put back */
  guint is_changing : 1; /* the text, and not by the person */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrTagEntry, fr_tag_entry, GTK_TYPE_WIDGET)

static void show_tags (FrTagEntry *self);

static const char *
get_text (FrTagEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static gboolean
has_tag (FrTagEntry *self, const char *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag, -1);

  for (guint i = 0; i < self->tags->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (self->tags->pdata[i], -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

static void
take_clicked_cb (GtkWidget *button, FrTagEntry *self)
{
  const char *tag = g_object_get_data (G_OBJECT (button), "tag");
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->tags, tag, g_str_equal, &index))
    return;
  gtk_widget_grab_focus (self->text);
  g_ptr_array_remove_index (self->tags, index);
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_chip (FrTagEntry *self, const char *tag)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: a tag, which goes by that */
  g_autofree char *text = g_strdup_printf (_ ("Take “%s” away"), tag);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (take_clicked_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
remove_chips (FrTagEntry *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL && child != self->text;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_widget_unparent (child);
}

static void
show_tags (FrTagEntry *self)
{
  remove_chips (self);
  for (guint i = 0; i < self->tags->len; i++)
    gtk_widget_insert_before (make_chip (self, self->tags->pdata[i]), GTK_WIDGET (self), self->text);
}

/* Completing */

static void
end_completing (FrTagEntry *self)
{
  if (self->completing != NULL)
    g_source_destroy (self->completing);
  g_clear_pointer (&self->completing, g_source_unref);
}

/* Many have the same tags, so that they are few. */
static void
count_tags (FrTagEntry *self)
{
  guint n = self->pictures != NULL ? g_list_model_get_n_items (self->pictures) : 0;

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (self->pictures, i);
      GStrv tags = fr_gallery_item_get_picture (item)->tags;

      for (guint j = 0; tags[j] != NULL; j++)
        {
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, tags[j]));

          g_hash_table_replace (self->counts, g_strdup (tags[j]), GUINT_TO_POINTER (count + 1));
        }
    }
}

/**
 * fr_tag_entry_complete:
 * @counts: (element-type utf8 guint): tags, and how many pictures have them
 * @begin: how it begins
 *
 * Returns: (transfer full) (nullable): the rest of the tag that begins so and that most have; of several the first by
 *   alphabet
 */
char *
fr_tag_entry_complete (GHashTable *counts, const char *begin)
{
  g_autofree char *folded_begin = g_utf8_casefold (begin, -1);
  glong length = g_utf8_strlen (begin, -1);
  const char *best = NULL;
  guint best_count = 0;
  GHashTableIter iter;
  gpointer tag, count;

  if (length == 0)
    return NULL;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &tag, &count))
    {
      g_autofree char *head = g_utf8_substring (tag, 0, MIN (length, g_utf8_strlen (tag, -1)));
      g_autofree char *folded = g_utf8_casefold (head, -1);
      guint n = GPOINTER_TO_UINT (count);

      if (!g_str_equal (folded, folded_begin) || n < best_count
          || (n == best_count && g_utf8_collate (tag, best) > 0))
        continue;
      best = tag;
      best_count = n;
    }
  return best != NULL ? g_strdup (g_utf8_offset_to_pointer (best, length)) : NULL;
}

/* What may follow is there to be typed over. */
static gboolean
complete_cb (gpointer data)
{
  FrTagEntry *self = data;
  int position = gtk_editable_get_position (GTK_EDITABLE (self->text));
  const char *text = get_text (self);
  g_autofree char *rest = NULL;

  end_completing (self);
  if (position != g_utf8_strlen (text, -1))
    return G_SOURCE_REMOVE;
  if (self->counts == NULL)
    count_tags (self);
  rest = fr_tag_entry_complete (self->counts, text);
  if (rest == NULL || *rest == '\0')
    return G_SOURCE_REMOVE;
  self->is_changing = TRUE;
  gtk_editable_insert_text (GTK_EDITABLE (self->text), rest, -1, &position);
  gtk_editable_select_region (GTK_EDITABLE (self->text), position - (int) g_utf8_strlen (rest, -1), -1);
  self->is_changing = FALSE;
  self->length = gtk_text_get_text_length (GTK_TEXT (self->text));
  return G_SOURCE_REMOVE;
}

/* Once the letter is in its place, and before it is drawn. */
static void
begin_completing (FrTagEntry *self)
{
  end_completing (self);
  self->completing = g_idle_source_new ();
  g_source_set_priority (self->completing, G_PRIORITY_HIGH_IDLE);
  g_source_set_callback (self->completing, complete_cb, self, NULL);
  g_source_attach (self->completing, NULL);
}

/* Typing */

static void
set_text (FrTagEntry *self, const char *text)
{
  self->is_changing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  self->is_changing = FALSE;
  self->length = gtk_text_get_text_length (GTK_TEXT (self->text));
}

static void
take_typed (FrTagEntry *self)
{
  g_auto (GStrv) typed = fr_facts_tags_from_text (get_text (self));
  gboolean has_more = FALSE;

  end_completing (self);
  for (guint i = 0; typed[i] != NULL; i++)
    if (!has_tag (self, typed[i]))
      {
        g_ptr_array_add (self->tags, g_strdup (typed[i]));
        has_more = TRUE;
      }
  set_text (self, "");
  if (!has_more)
    return;
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (FrTagEntry *self)
{
  take_typed (self);
}

static void
changed_cb (FrTagEntry *self)
{
  guint length = gtk_text_get_text_length (GTK_TEXT (self->text));

  if (self->is_changing)
    return;
  if (strchr (get_text (self), ',') != NULL)
    {
      take_typed (self);
      return;
    }
  end_completing (self);
  if (length > self->length)
    begin_completing (self);
  self->length = length;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
key_cb (FrTagEntry *self, guint key)
{
  return key == GDK_KEY_BackSpace && *get_text (self) == '\0' && fr_tag_entry_take_last (self) ? GDK_EVENT_STOP
                                                                                                : GDK_EVENT_PROPAGATE;
}

static void
focus_left_cb (FrTagEntry *self)
{
  take_typed (self);
  g_clear_pointer (&self->counts, g_hash_table_unref);
}

static void
fr_tag_entry_dispose (GObject *object)
{
  FrTagEntry *self = FR_TAG_ENTRY (object);

  end_completing (self);
  if (self->text != NULL)
    remove_chips (self);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (fr_tag_entry_parent_class)->dispose (object);
}

static void
fr_tag_entry_finalize (GObject *object)
{
  FrTagEntry *self = FR_TAG_ENTRY (object);

  g_ptr_array_unref (self->tags);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  G_OBJECT_CLASS (fr_tag_entry_parent_class)->finalize (object);
}

static void
fr_tag_entry_class_init (FrTagEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_tag_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_tag_entry_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_TAG_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tagentry");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fr_tag_entry_init (FrTagEntry *self)
{
  GtkEventController *key = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  self->tags = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), fr_wrap_layout_new (SPACING));
  self->text = gtk_text_new ();
  gtk_text_set_placeholder_text (GTK_TEXT (self->text), _ ("Add a tag"));
  gtk_widget_set_size_request (self->text, 96, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add a tag"), -1);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->text, key);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (self->text, focus);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (changed_cb), self);
}

void
fr_tag_entry_set_pictures (FrTagEntry *self, GListModel *pictures)
{
  g_set_object (&self->pictures, pictures);
}

void
fr_tag_entry_set_tags (FrTagEntry *self, const char *const *tags)
{
  g_ptr_array_set_size (self->tags, 0);
  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (self->tags, g_strdup (tags[i]));
  set_text (self, "");
  show_tags (self);
}

/**
 * fr_tag_entry_get_tags:
 * @self: an entry
 *
 * Returns: (transfer full): the tags, and what is being typed
 */
GStrv
fr_tag_entry_get_tags (FrTagEntry *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) typed = fr_facts_tags_from_text (get_text (self));

  for (guint i = 0; i < self->tags->len; i++)
    g_strv_builder_add (builder, self->tags->pdata[i]);
  for (guint i = 0; typed[i] != NULL; i++)
    if (!has_tag (self, typed[i]))
      g_strv_builder_add (builder, typed[i]);
  return g_strv_builder_end (builder);
}

/**
 * fr_tag_entry_take_last:
 * @self: an entry
 *
 * Takes the last tag away.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fr_tag_entry_take_last (FrTagEntry *self)
{
  if (self->tags->len == 0)
    return FALSE;
  g_ptr_array_set_size (self->tags, (int) self->tags->len - 1);
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}
