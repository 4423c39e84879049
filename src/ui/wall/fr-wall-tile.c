/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-tile.h"

#include "fr-colours.h"
#include "fr-wall-text.h"

#define FADE_US (100 * 1000)
#define MARGIN 6
#define SMALL_SIDE 100    /* tiles smaller than this have smaller marks */
#define SMALL_SCALE 0.75f
#define COVER_SCALE 1.25f
#define FRAME 4           /* around what is selected */

struct _FrWallTile
{
  GtkWidget parent_instance;

  /* owned */
  FrTextureLoader *loader;
  FrWallItem *item;
  GdkTexture *texture;
  GdkTexture *colours; /* of the texture, once it is drawn veiled */
  GCancellable *cancellable; /* of what is being loaded */
  char *day;
  char *short_day;
  PangoLayout *caption; /* of the day, once it is drawn */

  /* borrowed */
  GtkListItem *cell;  /* it owns this */
  FrWallMarks *marks; /* of the wall */

  /* state */
  FrContentId shown; /* the picture: of several that are much alike it may change */
  guint side;
  guint tick_id;
  gint64 faded_from_us;
  gulong changed_id;
  guint is_selecting : 1;
  guint has_failed : 1;
};

enum
{
  LOADED,
  WANTING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrWallTile, fr_wall_tile, GTK_TYPE_WIDGET)

/* The picture */

static void
set_texture (FrWallTile *self, GdkTexture *texture)
{
  g_clear_object (&self->colours);
  g_set_object (&self->texture, texture);
}

static gboolean
fade_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrWallTile *self = FR_WALL_TILE (widget);

  gtk_widget_queue_draw (widget);
  if (gdk_frame_clock_get_frame_time (clock) - self->faded_from_us < FADE_US)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_fading (FrWallTile *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* What comes later fades in, unless the person wants nothing to move. */
static void
begin_fading (FrWallTile *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gboolean moves = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  if (!moves || clock == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->faded_from_us = gdk_frame_clock_get_frame_time (clock);
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fade_cb, NULL, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWallTile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, &error);

  /* Another picture is shown here by now. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  self->has_failed = texture == NULL;
  set_texture (self, texture);
  if (texture != NULL)
    begin_fading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[LOADED], 0);
}

static void
stop_loading (FrWallTile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What is remembered of the item's picture; what was shown or loaded before is given up. */
static void
take_picture (FrWallTile *self)
{
  GdkTexture *remembered = NULL;

  stop_loading (self);
  stop_fading (self);
  self->has_failed = FALSE;
  if (self->item != NULL)
    {
      self->shown = *fr_wall_item_get_id (self->item);
      remembered = fr_texture_loader_recall (self->loader, &self->shown, fr_wall_item_get_preview (self->item) != NULL);
    }
  set_texture (self, remembered);
}

/* Names are those of the cell, which is what has the focus. */

static void
update_name (FrWallTile *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL;

  if (cell == NULL || self->item == NULL)
    return;
  name = fr_wall_text_name (fr_wall_item_get_words (self->item), fr_wall_item_get_facts (self->item), self->day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* It may be another picture now. */
static void
item_changed_cb (FrWallTile *self)
{
  if (self->item != NULL && !fr_content_id_equal (fr_wall_item_get_id (self->item), &self->shown))
    take_picture (self);
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (fr_wall_tile_needs_picture (self))
    g_signal_emit (self, signals[WANTING], 0);
}

/* Drawing */

static gboolean
is_selected (FrWallTile *self)
{
  return self->is_selecting && gtk_list_item_get_selected (self->cell);
}

/* What is veiled has no more than its colours. */
static GdkTexture *
choose_texture (FrWallTile *self)
{
  if (!fr_wall_item_get_facts (self->item)->is_veiled)
    return self->texture;
  if (self->colours == NULL)
    self->colours = fr_colours_make (self->texture);
  return self->colours;
}

/* The middle of the picture, as large as fills the tile. */
static void
draw_picture (FrWallTile *self, GtkSnapshot *snapshot, float x, float y, float width, float height)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);
  float ratio = (float) gdk_paintable_get_intrinsic_aspect_ratio (GDK_PAINTABLE (self->texture));
  float full_width = MAX (width, height * ratio), full_height = MAX (height, width / ratio);

  gtk_snapshot_push_clip (snapshot, &area);
  gtk_snapshot_append_texture (snapshot, choose_texture (self),
                               &GRAPHENE_RECT_INIT (x + (width - full_width) / 2, y + (height - full_height) / 2,
                                                    full_width, full_height));
  gtk_snapshot_pop (snapshot);
}

static double
get_opacity (FrWallTile *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->tick_id == 0 || clock == NULL)
    return 1;
  return CLAMP ((double) (gdk_frame_clock_get_frame_time (clock) - self->faded_from_us) / FADE_US, 0, 1);
}

/* Corners are counted in the direction of reading. */
static void
begin_mark (FrWallTile *self, GtkSnapshot *snapshot, gboolean at_end, float y, float offset)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), scale = self->side < SMALL_SIDE ? SMALL_SCALE : 1;
  float margin = MARGIN * scale, side = FR_WALL_MARK_SIDE * scale;
  gboolean is_right = at_end != (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (is_right ? width - margin - side - offset * scale
                                                                   : margin + offset * scale,
                                                          y));
  gtk_snapshot_scale (snapshot, scale, scale);
}

static void
draw_lower_marks (FrWallTile *self, GtkSnapshot *snapshot, const FrWallFacts *facts, float y)
{
  if (facts->who != NULL)
    {
      begin_mark (self, snapshot, FALSE, y, 0);
      fr_wall_marks_draw_avatar (self->marks, snapshot, facts->who);
      gtk_snapshot_restore (snapshot);
    }
  if (facts->n_others > 0)
    {
      g_autofree char *number = g_strdup_printf ("+%u", facts->n_others);

      begin_mark (self, snapshot, FALSE, y, FR_WALL_MARK_SIDE + 2);
      fr_wall_marks_draw_number (self->marks, snapshot, number);
      gtk_snapshot_restore (snapshot);
    }
  if (facts->audience_icon != NULL || facts->is_kept)
    {
      begin_mark (self, snapshot, TRUE, y, 0);
      fr_wall_marks_draw_icon (self->marks, snapshot,
                               facts->audience_icon != NULL ? facts->audience_icon : "object-select-symbolic");
      gtk_snapshot_restore (snapshot);
    }
}

static void
draw_upper_marks (FrWallTile *self, GtkSnapshot *snapshot, const FrWallFacts *facts, float y)
{
  if (self->is_selecting)
    {
      begin_mark (self, snapshot, FALSE, y, 0);
      fr_wall_marks_draw_check (self->marks, snapshot, gtk_list_item_get_selected (self->cell));
      gtk_snapshot_restore (snapshot);
    }
  if (facts->n_alike > 1)
    {
      g_autofree char *number = g_strdup_printf ("%u", facts->n_alike);

      begin_mark (self, snapshot, TRUE, y, 0);
      fr_wall_marks_draw_number (self->marks, snapshot, number);
      gtk_snapshot_restore (snapshot);
    }
  else if (facts->is_fresh)
    {
      begin_mark (self, snapshot, TRUE, y, 0);
      fr_wall_marks_draw_dot (self->marks, snapshot);
      gtk_snapshot_restore (snapshot);
    }
}

/* In the middle: that there is something to be seen, for who wants to. */
static void
draw_cover (FrWallTile *self, GtkSnapshot *snapshot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)), side = FR_WALL_MARK_SIDE * COVER_SCALE;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - side) / 2, (height - side) / 2));
  gtk_snapshot_scale (snapshot, COVER_SCALE, COVER_SCALE);
  fr_wall_marks_draw_icon (self->marks, snapshot, "view-conceal-symbolic");
  gtk_snapshot_restore (snapshot);
}

/* The day in as many letters as fit. */
static PangoLayout *
make_caption (FrWallTile *self, int room)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->day);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    pango_layout_set_text (layout, self->short_day, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    {
      pango_layout_set_width (layout, room * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static void
draw_day (FrWallTile *self, GtkSnapshot *snapshot, float y)
{
  const float margin = self->side < SMALL_SIDE ? 4 : MARGIN, padding = 7;
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), x = margin;
  GskRoundedRect shape;
  int text_width, text_height;

  if (self->caption == NULL)
    self->caption = make_caption (self, MAX ((int) (width - 2 * margin - 2 * padding), 1));
  pango_layout_get_pixel_size (self->caption, &text_width, &text_height);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - margin - (float) text_width - 2 * padding;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT (x, y, (float) text_width + 2 * padding, (float) text_height + 4), 99);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, fr_wall_marks_get_ground (), &shape.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + padding, y + 2));
  gtk_snapshot_append_layout (snapshot, self->caption, &(GdkRGBA){ 1, 1, 1, 1 });
  gtk_snapshot_restore (snapshot);
}

static void
draw_marks (FrWallTile *self, GtkSnapshot *snapshot)
{
  const FrWallFacts *facts = fr_wall_item_get_facts (self->item);
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)), scale = self->side < SMALL_SIDE ? SMALL_SCALE : 1;
  float margin = MARGIN * scale, side = FR_WALL_MARK_SIDE * scale;

  draw_lower_marks (self, snapshot, facts, height - margin - side);
  draw_upper_marks (self, snapshot, facts, margin);
  if (facts->is_veiled && self->texture != NULL)
    draw_cover (self, snapshot);
  if (self->day != NULL)
    draw_day (self, snapshot, self->is_selecting ? margin + side + 3 : margin);
}

static void
fr_wall_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrWallTile *self = FR_WALL_TILE (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float inset = is_selected (self) ? FRAME : 0;
  double opacity = get_opacity (self);

  if (self->item == NULL)
    return;
  if (inset > 0)
    gtk_snapshot_append_color (snapshot, fr_wall_marks_get_accent (self->marks),
                               &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  if (self->texture != NULL)
    draw_picture (self, snapshot, inset, inset, width - 2 * inset, height - 2 * inset);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
  draw_marks (self, snapshot);
}

static GtkSizeRequestMode
fr_wall_tile_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As high as wide. */
static void
fr_wall_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  FrWallTile *self = FR_WALL_TILE (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 ? for_size : (int) self->side;
}

static void
fr_wall_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_clear_object (&FR_WALL_TILE (widget)->caption);
}

static void
fr_wall_tile_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fr_wall_tile_parent_class)->css_changed (widget, change);
  g_clear_object (&FR_WALL_TILE (widget)->caption);
}

static void
fr_wall_tile_dispose (GObject *object)
{
  FrWallTile *self = FR_WALL_TILE (object);

  stop_fading (self);
  stop_loading (self);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_clear_object (&self->item);
  set_texture (self, NULL);
  g_clear_object (&self->caption);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->short_day, g_free);
  G_OBJECT_CLASS (fr_wall_tile_parent_class)->dispose (object);
}

static void
fr_wall_tile_class_init (FrWallTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_wall_tile_dispose;
  widget_class->snapshot = fr_wall_tile_snapshot;
  widget_class->get_request_mode = fr_wall_tile_get_request_mode;
  widget_class->measure = fr_wall_tile_measure;
  widget_class->size_allocate = fr_wall_tile_size_allocate;
  widget_class->css_changed = fr_wall_tile_css_changed;
  signals[LOADED]
      = g_signal_new ("loaded", FR_TYPE_WALL_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTING]
      = g_signal_new ("wanting", FR_TYPE_WALL_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "walltile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fr_wall_tile_init (FrWallTile *self)
{
}

/**
 * fr_wall_tile_new:
 * @cell: where it is
 * @loader: who loads its pictures
 * @marks: of the wall, which it does not outlive
 *
 * Returns: (transfer floating): a tile that shows nothing yet
 */
FrWallTile *
fr_wall_tile_new (GtkListItem *cell, FrTextureLoader *loader, FrWallMarks *marks)
{
  FrWallTile *self = g_object_new (FR_TYPE_WALL_TILE, NULL);

  self->cell = cell;
  self->loader = g_object_ref (loader);
  self->marks = marks;
  g_signal_connect_object (cell, "notify::selected", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * fr_wall_tile_set_item:
 * @self: a tile
 * @item: (nullable): what to show
 *
 * Shows a picture if it is remembered; else it is to be loaded. What was to be shown before is given up.
 */
void
fr_wall_tile_set_item (FrWallTile *self, FrWallItem *item)
{
  if (item == self->item)
    return;
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  take_picture (self);
  if (item != NULL)
    self->changed_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (item_changed_cb), self);
  item_changed_cb (self);
}

FrWallItem *
fr_wall_tile_get_item (FrWallTile *self)
{
  return self->item;
}

guint
fr_wall_tile_get_position (FrWallTile *self)
{
  return gtk_list_item_get_position (self->cell);
}

void
fr_wall_tile_set_side (FrWallTile *self, guint side)
{
  if (side == self->side)
    return;
  self->side = side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
fr_wall_tile_set_day (FrWallTile *self, const char *day, const char *short_day)
{
  if (g_strcmp0 (day, self->day) == 0)
    return;
  g_free (self->day);
  g_free (self->short_day);
  self->day = g_strdup (day);
  self->short_day = g_strdup (short_day);
  g_clear_object (&self->caption);
  item_changed_cb (self);
}

const char *
fr_wall_tile_get_day (FrWallTile *self)
{
  return self->day;
}

void
fr_wall_tile_set_selecting (FrWallTile *self, gboolean is_selecting)
{
  if (is_selecting == self->is_selecting)
    return;
  self->is_selecting = is_selecting;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
fr_wall_tile_needs_picture (FrWallTile *self)
{
  return self->item != NULL && self->texture == NULL && self->cancellable == NULL && !self->has_failed
         && fr_wall_item_has_picture (self->item);
}

gboolean
fr_wall_tile_is_loading (FrWallTile *self)
{
  return self->cancellable != NULL;
}

void
fr_wall_tile_load (FrWallTile *self)
{
  if (!fr_wall_tile_needs_picture (self))
    return;
  self->cancellable = g_cancellable_new ();
  fr_texture_loader_load_async (self->loader, fr_wall_item_get_id (self->item), fr_wall_item_get_preview (self->item),
                                self->cancellable, loaded_cb, g_object_ref (self));
}

/**
 * fr_wall_tile_give_up:
 * @self: a tile
 *
 * Loads nothing for now: others are looked at.
 */
void
fr_wall_tile_give_up (FrWallTile *self)
{
  stop_loading (self);
}

GdkTexture *
fr_wall_tile_get_texture (FrWallTile *self)
{
  return self->texture;
}
