/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-fonts.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/* The first is taken where a drawing wants one that we do not have. No more than these: cairo closes one
 * font's file when more than ten are open, and could not open it again. */
static const struct
{
  const char *generic; /* nullable: the name for it in drawings */
  const char *pattern;
} wanted[] = {
  { "sans-serif", "sans-serif" }, { "serif", "serif" },
  { "monospace", "monospace" },   { NULL, "sans-serif:bold" },
  { NULL, "serif:bold" },         { NULL, "monospace:bold" },
  { NULL, "sans-serif:italic" },  { NULL, "serif:italic" },
  { NULL, "sans-serif:lang=zh" }, /* for Japanese too, more or less */
};

/* Which file this computer has for it. */
static FcPattern *
find (const char *name)
{
  FcPattern *pattern = FcNameParse ((const FcChar8 *)name);
  FcPattern *found;
  FcResult result;

  FcConfigSubstitute (NULL, pattern, FcMatchPattern);
  FcDefaultSubstitute (pattern);
  found = FcFontMatch (NULL, pattern, &result);
  FcPatternDestroy (pattern);
  return found;
}

static const char *
get_string (FcPattern *font, const char *property)
{
  FcChar8 *string;

  return FcPatternGetString (font, property, 0, &string) == FcResultMatch ? (const char *)string : NULL;
}

/* A configuration that knows these files and no folder. */
static FcConfig *
make_config (GPtrArray *fonts)
{
  FcConfig *config = FcConfigCreate ();
  g_autoptr (GString) rules = g_string_new ("<fontconfig>");

  for (guint i = 0; i < fonts->len; i++)
    {
      const char *family = get_string (fonts->pdata[i], FC_FAMILY);
      const char *file = get_string (fonts->pdata[i], FC_FILE);

      if (family == NULL || file == NULL)
        continue;
      FcConfigAppFontAddFile (config, (const FcChar8 *)file);
      if (wanted[i].generic != NULL)
        {
          g_autofree char *rule = g_markup_printf_escaped (
              "<alias><family>%s</family><prefer><family>%s</family></prefer></alias>", wanted[i].generic,
              family);

          g_string_append (rules, rule);
        }
    }
  g_string_append (rules, "</fontconfig>");
  FcConfigParseAndLoadFromMemory (config, (const FcChar8 *)rules->str, FcFalse);
  /* Never to look whether a file has changed. */
  FcConfigSetRescanInterval (config, 0);
  return config;
}

/* Has its file open for as long as the process lives. */
static void
keep_open (PangoFontMap *map, PangoContext *context, FcPattern *pattern)
{
  PangoFontDescription *description = pango_fc_font_description_from_pattern (pattern, FALSE);
  PangoFont *font = pango_font_map_load_font (map, context, description);
  cairo_scaled_font_t *scaled;

  pango_font_description_free (description);
  if (font == NULL)
    return;
  pango_font_get_hb_font (font);
  scaled = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  if (scaled != NULL && cairo_scaled_font_get_type (scaled) == CAIRO_FONT_TYPE_FT
      && cairo_ft_scaled_font_lock_face (scaled) != NULL)
    cairo_ft_scaled_font_unlock_face (scaled);
  /* The reference is kept on purpose. */
}

/**
 * fr_image_fonts_keep:
 *
 * Opens a font of each usual sort and makes them all that there is. To be called once, before anything is
 * drawn.
 */
void
fr_image_fonts_keep (void)
{
  g_autoptr (GPtrArray) fonts = g_ptr_array_new_with_free_func ((GDestroyNotify)FcPatternDestroy);
  PangoFontMap *map;
  PangoContext *context;
  FcConfig *config;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      FcPattern *font = find (wanted[i].pattern);

      /* No font at all: then drawings have no words. */
      if (font == NULL)
        return;
      g_ptr_array_add (fonts, font);
    }
  config = make_config (fonts);
  FcConfigSetCurrent (config);
  FcConfigDestroy (config);

  map = pango_cairo_font_map_get_default ();
  context = pango_font_map_create_context (map);
  for (guint i = 0; i < fonts->len; i++)
    keep_open (map, context, fonts->pdata[i]);
  g_object_unref (context);
}
