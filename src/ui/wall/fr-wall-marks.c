/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-marks.h"

#define ICON_SIDE 16
#define DOT_SIDE 12
#define LETTER_PIXELS 12

struct _FrWallMarks
{
  GtkWidget *widget;  /* borrowed: it owns this */
  GHashTable *nodes;  /* owned: what it is -> GskRenderNode */
  GdkRGBA accent;
  gboolean has_accent;
};

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA ground = { 0, 0, 0, 0.65f };
static const GdkRGBA light_ground = { 0, 0, 0, 0.35f };

/* The hues of AdwAvatar in its order, so that people have the same everywhere; darker, so that a white letter can be read
 * on each. */
static const GdkRGBA avatar_grounds[] = {
#define RGB(r, g, b) { (r) / 255.f, (g) / 255.f, (b) / 255.f, 1 }
  RGB (0x1a, 0x5f, 0xb4), RGB (0x0b, 0x6e, 0x8e), RGB (0x1b, 0x7a, 0x4f), RGB (0x3f, 0x7d, 0x33),
  RGB (0x80, 0x60, 0x0a), RGB (0x8a, 0x55, 0x00), RGB (0xb0, 0x43, 0x00), RGB (0xb5, 0x20, 0x2f),
  RGB (0xb3, 0x24, 0x5a), RGB (0x81, 0x3a, 0x99), RGB (0x64, 0x47, 0xb5), RGB (0x7c, 0x5c, 0x34),
  RGB (0x63, 0x45, 0x2c), RGB (0x5e, 0x5c, 0x64),
#undef RGB
};

/**
 * fr_wall_marks_new:
 * @widget: who owns them: its theme, scale and font are used
 *
 * Returns: (transfer full): marks, none of which has been made
 */
FrWallMarks *
fr_wall_marks_new (GtkWidget *widget)
{
  FrWallMarks *self = g_new0 (FrWallMarks, 1);

  self->widget = widget;
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gsk_render_node_unref);
  return self;
}

void
fr_wall_marks_free (FrWallMarks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->nodes);
  g_free (self);
}

void
fr_wall_marks_forget (FrWallMarks *self)
{
  g_hash_table_remove_all (self->nodes);
  self->has_accent = FALSE;
}

guint
fr_wall_marks_get_n_remembered (FrWallMarks *self)
{
  return g_hash_table_size (self->nodes);
}

static void
draw_round (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *color,
            const GdkRGBA *ring)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
  if (ring != NULL)
    gtk_snapshot_append_border (snapshot, &shape, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                                (GdkRGBA[4]){ *ring, *ring, *ring, *ring });
}

static void
draw_symbol (FrWallMarks *self, GtkSnapshot *snapshot, const char *icon_name)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  g_autoptr (GtkIconPaintable) icon
      = gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON_SIDE, gtk_widget_get_scale_factor (self->widget),
                                    gtk_widget_get_direction (self->widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  const float margin = (FR_WALL_MARK_SIDE - ICON_SIDE) / 2.f;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (margin, margin));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIDE, ICON_SIDE, &white, 1);
  gtk_snapshot_restore (snapshot);
}

static PangoLayout *
make_letters (FrWallMarks *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  PangoFontDescription *font
      = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));

  pango_font_description_set_absolute_size (font, LETTER_PIXELS * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

/* Draws letters in the middle of a mark; at least as wide as high. */
static void
draw_letters (FrWallMarks *self, GtkSnapshot *snapshot, const char *text, const GdkRGBA *color, const GdkRGBA *ring)
{
  g_autoptr (PangoLayout) layout = make_letters (self, text);
  int text_width, text_height;
  float width;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  width = MAX (FR_WALL_MARK_SIDE, (float) text_width + 12);
  draw_round (snapshot, 0, 0, width, FR_WALL_MARK_SIDE, color, ring);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - (float) text_width) / 2,
                                                          (FR_WALL_MARK_SIDE - (float) text_height) / 2.f));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

typedef void (*Maker) (FrWallMarks *self, GtkSnapshot *snapshot, const char *what);

/* Whoever has more people than are remembered has their marks made again now and then. */
static void
draw (FrWallMarks *self, GtkSnapshot *snapshot, const char *kind, const char *what, Maker make)
{
  g_autofree char *key = g_strconcat (kind, what, NULL);
  GskRenderNode *node = g_hash_table_lookup (self->nodes, key);

  if (node == NULL)
    {
      g_autoptr (GtkSnapshot) fresh = gtk_snapshot_new ();

      make (self, fresh, what);
      node = gtk_snapshot_free_to_node (g_steal_pointer (&fresh));
      if (node == NULL)
        return;
      if (g_hash_table_size (self->nodes) >= FR_WALL_MARKS_REMEMBERED)
        g_hash_table_remove_all (self->nodes);
      g_hash_table_insert (self->nodes, g_steal_pointer (&key), node);
    }
  gtk_snapshot_append_node (snapshot, node);
}

static void
make_icon (FrWallMarks *self, GtkSnapshot *snapshot, const char *icon_name)
{
  draw_round (snapshot, 0, 0, FR_WALL_MARK_SIDE, FR_WALL_MARK_SIDE, &ground, NULL);
  draw_symbol (self, snapshot, icon_name);
}

void
fr_wall_marks_draw_icon (FrWallMarks *self, GtkSnapshot *snapshot, const char *icon_name)
{
  draw (self, snapshot, "icon ", icon_name, make_icon);
}

static void
make_avatar (FrWallMarks *self, GtkSnapshot *snapshot, const char *name)
{
  g_autofree char *letter = g_utf8_substring (name, 0, 1);
  g_autofree char *upper = g_utf8_strup (letter, -1);

  draw_letters (self, snapshot, upper, fr_wall_marks_get_avatar_ground (name), &white);
}

/**
 * fr_wall_marks_draw_avatar:
 * @self: marks
 * @snapshot: where to
 * @name: of a person; empty: somebody who is not known
 *
 * Draws who has a picture, or had it.
 */
void
fr_wall_marks_draw_avatar (FrWallMarks *self, GtkSnapshot *snapshot, const char *name)
{
  if (*name == '\0')
    fr_wall_marks_draw_icon (self, snapshot, "avatar-default-symbolic");
  else
    draw (self, snapshot, "avatar ", name, make_avatar);
}

static void
make_check (FrWallMarks *self, GtkSnapshot *snapshot, const char *what)
{
  gboolean is_checked = *what != '\0';

  draw_round (snapshot, 0, 0, FR_WALL_MARK_SIDE, FR_WALL_MARK_SIDE,
              is_checked ? fr_wall_marks_get_accent (self) : &light_ground, &white);
  if (is_checked)
    draw_symbol (self, snapshot, "object-select-symbolic");
}

void
fr_wall_marks_draw_check (FrWallMarks *self, GtkSnapshot *snapshot, gboolean is_checked)
{
  draw (self, snapshot, "check", is_checked ? " on" : "", make_check);
}

static void
make_dot (FrWallMarks *self, GtkSnapshot *snapshot, const char *what)
{
  const float margin = (FR_WALL_MARK_SIDE - DOT_SIDE) / 2.f;

  draw_round (snapshot, margin, margin, DOT_SIDE, DOT_SIDE, fr_wall_marks_get_accent (self), &white);
}

void
fr_wall_marks_draw_dot (FrWallMarks *self, GtkSnapshot *snapshot)
{
  draw (self, snapshot, "dot", "", make_dot);
}

static void
make_number (FrWallMarks *self, GtkSnapshot *snapshot, const char *number)
{
  draw_letters (self, snapshot, number, &ground, NULL);
}

void
fr_wall_marks_draw_number (FrWallMarks *self, GtkSnapshot *snapshot, const char *number)
{
  draw (self, snapshot, "number ", number, make_number);
}

const GdkRGBA *
fr_wall_marks_get_accent (FrWallMarks *self)
{
  if (!self->has_accent
      && !gtk_style_context_lookup_color (gtk_widget_get_style_context (self->widget), "accent_bg_color", &self->accent))
    self->accent = avatar_grounds[0]; /* another theme */
  self->has_accent = TRUE;
  return &self->accent;
}

const GdkRGBA *
fr_wall_marks_get_ground (void)
{
  return &ground;
}

const GdkRGBA *
fr_wall_marks_get_avatar_ground (const char *name)
{
  return &avatar_grounds[g_str_hash (name) % G_N_ELEMENTS (avatar_grounds)];
}
