/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-qr-code.h"

#include <qrencode.h>

#define QUIET_ZONE 4 /* modules on each side */
#define NATURAL_SIZE 264

struct _FrQrCode
{
  GtkWidget parent_instance;

  /* owned */
  QRcode *code; /* nullable */
};

G_DEFINE_FINAL_TYPE (FrQrCode, fr_qr_code, GTK_TYPE_WIDGET)

/* As large as fits, in whole pixels a module: anything else would be blurred. */
static void
fr_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  FrQrCode *self = FR_QR_CODE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int n, module, left, top;

  if (self->code == NULL)
    return;
  n = self->code->width + 2 * QUIET_ZONE;
  module = MAX (MIN (width, height) / n, 1);
  left = (width - n * module) / 2;
  top = (height - n * module) / 2;
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (left, top, n * module, n * module));
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if (fr_qr_code_is_dark (self, x, y))
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT (left + (QUIET_ZONE + x) * module,
                                                        top + (QUIET_ZONE + y) * module, module, module));
}

static void
fr_qr_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  FrQrCode *self = FR_QR_CODE (widget);
  int n = self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 0;

  *minimum = n;
  *natural = MAX (n, NATURAL_SIZE);
}

static void
fr_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&FR_QR_CODE (object)->code, QRcode_free);
  G_OBJECT_CLASS (fr_qr_code_parent_class)->finalize (object);
}

static void
fr_qr_code_class_init (FrQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_qr_code_finalize;
  widget_class->snapshot = fr_qr_code_snapshot;
  widget_class->measure = fr_qr_code_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fr_qr_code_init (FrQrCode *self)
{
}

/**
 * fr_qr_code_set_text:
 * @self: a code
 * @text: (nullable): what it says; %NULL: nothing
 *
 * Returns: %FALSE if @text is too long for a code; it shows nothing then
 */
gboolean
fr_qr_code_set_text (FrQrCode *self, const char *text)
{
  g_clear_pointer (&self->code, QRcode_free);
  if (text != NULL)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_L);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return text == NULL || self->code != NULL;
}

/**
 * fr_qr_code_get_width:
 * @self: a code
 *
 * Returns: how many modules it has on each side, without the quiet zone; 0: it shows nothing
 */
guint
fr_qr_code_get_width (FrQrCode *self)
{
  return self->code != NULL ? (guint) self->code->width : 0;
}

/**
 * fr_qr_code_is_dark:
 * @self: a code
 * @x: from 0, below fr_qr_code_get_width()
 * @y: the same, from the top
 *
 * Returns: whether that module is black
 */
gboolean
fr_qr_code_is_dark (FrQrCode *self, guint x, guint y)
{
  return (self->code->data[y * self->code->width + x] & 1) != 0;
}
