/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* How many pictures are asked of the store at once: soon there, and few enough questions for tens of thousands. */
#define PAGE_SIZE 250

#define SETTING_AUDIENCE "audience"

struct _FrGallery
{
  GObject parent_instance;

  /* Owned */
  FrStore *store;
  FrImageClient *image;
  FrImageClient *image_for_others;
  GSequence *items;  /* owned: FrGalleryItem; the newest first */
  GHashTable *by_id; /* FrContentId of an item -> GSequenceIter of it */
  GBytes *readers;   /* nullable: the people chosen for what is added next */

  /* State */
  FrAudience audience; /* of what is added next, once it is known */
  guint n_changes; /* how often a page that is on its way may have become out of date */
  guint is_loaded : 1;
  guint has_audience : 1;
};

/* One walk through the catalogue. */
typedef struct
{
  guint offset;    /* of the page that has been asked for */
  guint n_changes; /* of the gallery when it was asked for */
} Loading;

enum
{
  CONTENT,
  SHARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void fr_gallery_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrGallery, fr_gallery, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fr_gallery_list_model_init))

static GType
fr_gallery_get_item_type (GListModel *list)
{
  return FR_TYPE_GALLERY_ITEM;
}

static guint
fr_gallery_get_n_items (GListModel *list)
{
  return (guint) g_sequence_get_length (FR_GALLERY (list)->items);
}

static gpointer
fr_gallery_get_item (GListModel *list, guint position)
{
  FrGallery *self = FR_GALLERY (list);

  if (position >= fr_gallery_get_n_items (list))
    return NULL;
  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->items, (int) position)));
}

static void
fr_gallery_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_gallery_get_item_type;
  iface->get_n_items = fr_gallery_get_n_items;
  iface->get_item = fr_gallery_get_item;
}

static void
fr_gallery_finalize (GObject *object)
{
  FrGallery *self = FR_GALLERY (object);

  g_clear_pointer (&self->readers, g_bytes_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_sequence_free);
  g_clear_object (&self->image);
  g_clear_object (&self->image_for_others);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fr_gallery_parent_class)->finalize (object);
}

static void
fr_gallery_class_init (FrGalleryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_gallery_finalize;
  signals[CONTENT] = g_signal_new ("content", FR_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[SHARED] = g_signal_new ("shared", FR_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_gallery_init (FrGallery *self)
{
  self->items = g_sequence_new (g_object_unref);
  self->by_id = g_hash_table_new (fr_content_id_hash, fr_content_id_equal_func);
}

/* Brings the item of a picture up to date; FALSE if there is none. */
static gboolean
update (FrGallery *self, FrPicture *picture)
{
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, &picture->id);

  if (iter != NULL)
    fr_gallery_item_set_picture (g_sequence_get (iter), picture);
  return iter != NULL;
}

/* The caller emits `items-changed`, and nothing else before that. */
static void
insert (FrGallery *self, GSequenceIter *before, FrPicture *picture)
{
  FrGalleryItem *item = fr_gallery_item_new (picture);

  g_hash_table_insert (self->by_id, (gpointer) fr_gallery_item_get_id (item), g_sequence_insert_before (before, item));
}

static guint
find_shown (FrGallery *self, GPtrArray *page)
{
  guint i = 0;

  while (i < page->len && !g_hash_table_contains (self->by_id, &((FrPicture *) page->pdata[i])->id))
    i++;
  return i;
}

static void
append (FrGallery *self, GPtrArray *page, guint first)
{
  guint n_before = fr_gallery_get_n_items (G_LIST_MODEL (self));
  guint n_new = 0;

  for (guint i = first; i < page->len; i++)
    if (!g_hash_table_contains (self->by_id, &((FrPicture *) page->pdata[i])->id))
      {
        insert (self, g_sequence_get_end_iter (self->items), page->pdata[i]);
        n_new++;
      }
  if (n_new > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_new);
}

/* Pictures come and go while the catalogue is walked through. Those that came push others into a page where they are
 * seen again, which does no harm; those that went pull others out of it. So each page begins with a picture that is
 * shown: only then nothing is missing between it and the page before. What a page has before that is so new that
 * whoever added it is about to show it. */
static gboolean
append_page (FrGallery *self, GPtrArray *page, guint offset)
{
  guint first = find_shown (self, page);

  if (first == page->len && offset > 0)
    return FALSE;
  append (self, page, first < page->len ? first : 0);
  return TRUE;
}

/**
 * fr_gallery_new:
 * @store: where the pictures are
 * @image: what decodes them
 *
 * Makes a gallery that shows nothing until fr_gallery_load_async().
 *
 * Returns: (transfer full): a gallery
 */
FrGallery *
fr_gallery_new (FrStore *store, FrImageClient *image)
{
  FrGallery *self;

  g_return_val_if_fail (FR_IS_STORE (store), NULL);
  g_return_val_if_fail (FR_IS_IMAGE_CLIENT (image), NULL);

  self = g_object_new (FR_TYPE_GALLERY, NULL);
  self->store = g_object_ref (store);
  self->image = g_object_ref (image);
  self->image_for_others = g_object_ref (image);
  return self;
}

static void page_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_for_page (FrGallery *self, GTask *task, guint offset)
{
  Loading *loading = g_task_get_task_data (task);

  loading->offset = offset;
  loading->n_changes = self->n_changes;
  fr_store_list_async (self->store, NULL, offset, PAGE_SIZE, g_task_get_cancellable (task), page_listed_cb,
                       g_object_ref (task));
}

static void
page_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  const Loading *loading = g_task_get_task_data (task);
  guint offset = loading->offset;
  GError *error = NULL;
  g_autoptr (GPtrArray) page = fr_store_list_finish (FR_STORE (source), result, &error);

  if (page == NULL)
    fr_gallery_return_error (task, error);
  else if (loading->n_changes != self->n_changes)
    ask_for_page (self, task, offset);
  else if (!append_page (self, page, offset))
    ask_for_page (self, task, offset > PAGE_SIZE ? offset - PAGE_SIZE : 0);
  else if (page->len == PAGE_SIZE)
    ask_for_page (self, task, offset + PAGE_SIZE - 1);
  else
    {
      self->is_loaded = TRUE;
      g_task_return_boolean (task, TRUE);
    }
}

static void
keep_audience (FrGallery *self, FrAudience audience, GBytes *readers)
{
  GBytes *kept = readers != NULL ? g_bytes_ref (readers) : NULL;

  g_clear_pointer (&self->readers, g_bytes_unref);
  self->readers = kept;
  self->audience = audience;
  self->has_audience = TRUE;
}

static void
audience_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  g_autofree char *text = fr_store_get_setting_finish (FR_STORE (source), result, NULL);
  g_autoptr (GBytes) readers = NULL;
  FrAudience audience;

  if (text != NULL && !self->has_audience && fr_audience_parse (text, &audience, &readers))
    keep_audience (self, audience, readers);
  ask_for_page (self, task, 0);
}

/**
 * fr_gallery_load_async:
 * @self: a gallery
 * @cancellable: (nullable): to give up; what is shown by then stays
 * @callback: called when all is shown
 * @user_data: for @callback
 *
 * Shows the pictures of the store, a page at a time.
 */
void
fr_gallery_load_async (FrGallery *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_GALLERY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_load_async);
  g_task_set_task_data (task, g_new0 (Loading, 1), g_free);
  fr_store_get_setting_async (self->store, SETTING_AUDIENCE, cancellable, audience_read_cb, g_steal_pointer (&task));
}

/**
 * fr_gallery_load_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR, or %G_IO_ERROR
 *
 * Returns: whether all pictures of the store are shown
 */
gboolean
fr_gallery_load_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fr_gallery_find:
 * @self: a gallery
 * @id: what a picture is called on the network
 *
 * Returns: (transfer none) (nullable): its item, if it is shown
 */
FrGalleryItem *
fr_gallery_find (FrGallery *self, const FrContentId *id)
{
  GSequenceIter *iter;

  g_return_val_if_fail (FR_IS_GALLERY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  iter = g_hash_table_lookup (self->by_id, id);
  return iter != NULL ? g_sequence_get (iter) : NULL;
}

/**
 * fr_gallery_set_audience:
 * @self: a gallery
 * @audience: who may see what is added from now on
 * @readers: (nullable): the people chosen, where people are
 *
 * Remembers what the person has said. Pictures that are there already stay as they are shared.
 */
void
fr_gallery_set_audience (FrGallery *self, FrAudience audience, GBytes *readers)
{
  g_autofree char *text = NULL;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (fr_audience_is_valid (audience, readers));

  keep_audience (self, audience, readers);
  text = fr_audience_to_text (audience, readers);
  fr_store_put_setting_async (self->store, SETTING_AUDIENCE, text, NULL, NULL, NULL);
}

/**
 * fr_gallery_get_audience:
 * @self: a gallery
 * @out_audience: (out): who may see what is added
 * @out_readers: (out) (nullable) (transfer none): the people chosen
 *
 * Returns: whether that is known: the person has said it once, and the gallery is loaded
 */
gboolean
fr_gallery_get_audience (FrGallery *self, FrAudience *out_audience, GBytes **out_readers)
{
  g_return_val_if_fail (FR_IS_GALLERY (self), FALSE);

  if (!self->has_audience)
    return FALSE;
  *out_audience = self->audience;
  *out_readers = self->readers;
  return TRUE;
}

/**
 * fr_gallery_get_store:
 * @self: a gallery
 *
 * Returns: (transfer none): where the pictures are
 */
FrStore *
fr_gallery_get_store (FrGallery *self)
{
  return self->store;
}

/**
 * fr_gallery_get_image_client:
 * @self: a gallery
 *
 * Returns: (transfer none): what decodes what the person adds
 */
FrImageClient *
fr_gallery_get_image_client (FrGallery *self)
{
  return self->image;
}

/**
 * fr_gallery_choose_image_client:
 * @self: a gallery
 * @picture: (nullable): a picture; %NULL: one that is not known
 *
 * Whatever decodes a picture may be taken over by it, unnoticed, and is used again: it must not get what others are not to
 * see. So what came from others is decoded elsewhere.
 *
 * Returns: (transfer none): what decodes it
 */
FrImageClient *
fr_gallery_choose_image_client (FrGallery *self, const FrPicture *picture)
{
  return picture != NULL && fr_picture_is_mine (picture) ? self->image : self->image_for_others;
}

/**
 * fr_gallery_set_image_client_for_others:
 * @self: a gallery
 * @image: what decodes pictures from others, and nothing else
 *
 * Sets it; until then there is one for all.
 */
void
fr_gallery_set_image_client_for_others (FrGallery *self, FrImageClient *image)
{
  g_set_object (&self->image_for_others, image);
}

/* What others may find has changed. */
static void
tell_content (FrGallery *self, FrPicture *picture, gboolean is_new)
{
  if (fr_picture_is_offered (picture))
    {
      g_autofree char *folded = fr_picture_fold_texts (picture->title, picture->description,
                                                       (const char *const *) picture->tags);

      g_signal_emit (self, signals[CONTENT], 0, folded);
    }
  if (!is_new || picture->audience == FR_AUDIENCE_CONTACTS || picture->audience == FR_AUDIENCE_CHOSEN)
    g_signal_emit (self, signals[CONTENT], 0, NULL);
}

/**
 * fr_gallery_show:
 * @self: a gallery
 * @picture: what the store has now
 * @is_new: whether it has just been put there
 *
 * Shows a new picture before the others, or a change in one that is there. One that is neither comes in its place
 * with the page that it is on.
 */
void
fr_gallery_show (FrGallery *self, FrPicture *picture, gboolean is_new)
{
  tell_content (self, picture, is_new);
  if (update (self, picture))
    return;
  if (!is_new && !self->is_loaded)
    {
      self->n_changes++;
      return;
    }
  insert (self, g_sequence_get_begin_iter (self->items), picture);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
}

/**
 * fr_gallery_replace:
 * @self: a gallery
 * @id: a picture that the store knows by another id now
 * @picture: the same picture as it is now
 *
 * Shows it in the same place, as another item.
 */
void
fr_gallery_replace (FrGallery *self, const FrContentId *id, FrPicture *picture)
{
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, id);
  guint position;

  tell_content (self, picture, FALSE);
  self->n_changes++;
  if (iter == NULL)
    return;
  position = (guint) g_sequence_iter_get_position (iter);
  insert (self, iter, picture);
  g_hash_table_remove (self->by_id, id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

/**
 * fr_gallery_drop:
 * @self: a gallery
 * @id: a picture that the store does not have any more
 *
 * Shows it no more.
 */
void
fr_gallery_drop (FrGallery *self, const FrContentId *id)
{
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, id);
  guint position;

  g_signal_emit (self, signals[CONTENT], 0, NULL);
  /* Also where it was not shown yet: it may be on a page that is on its way. */
  self->n_changes++;
  if (iter == NULL)
    return;
  position = (guint) g_sequence_iter_get_position (iter);
  g_hash_table_remove (self->by_id, id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * fr_gallery_find_follower:
 * @self: a gallery
 * @id: a picture
 * @out_follower: (out): what stands behind it; left as it is where nothing does, or where it is not shown
 *
 * Returns: whether something does
 */
gboolean
fr_gallery_find_follower (FrGallery *self, const FrContentId *id, FrContentId *out_follower)
{
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, id);

  if (iter != NULL)
    iter = g_sequence_iter_next (iter);
  if (iter == NULL || g_sequence_iter_is_end (iter))
    return FALSE;
  *out_follower = *fr_gallery_item_get_id (g_sequence_get (iter));
  return TRUE;
}

/**
 * fr_gallery_show_before:
 * @self: a gallery
 * @picture: what the store has again
 * @follower: what stood behind it
 *
 * Shows it where it was; behind all others where its follower is not shown any more.
 */
void
fr_gallery_show_before (FrGallery *self, FrPicture *picture, const FrContentId *follower)
{
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, follower);

  tell_content (self, picture, TRUE);
  self->n_changes++;
  if (update (self, picture) || (iter == NULL && !self->is_loaded))
    return;
  if (iter == NULL)
    iter = g_sequence_get_end_iter (self->items);
  insert (self, iter, picture);
  g_list_model_items_changed (G_LIST_MODEL (self),
                              (guint) g_sequence_iter_get_position (g_hash_table_lookup (self->by_id, &picture->id)), 0, 1);
}

/**
 * fr_gallery_tell_shared:
 * @self: a gallery
 *
 * Tells who looks at the gallery by audience that some have changed, after they are shown.
 */
void
fr_gallery_tell_shared (FrGallery *self)
{
  g_signal_emit (self, signals[SHARED], 0);
}
