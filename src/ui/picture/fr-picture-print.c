/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-print.h"

#include <glib/gi18n.h>

#include "fr-texture-loader.h"
#include "fr-toast.h"

typedef struct
{
  GWeakRef widget;
  char *title;
  FrToastWait *wait; /* until it is decoded */
} Printing;

static void
printing_free (gpointer data)
{
  Printing *printing = data;

  g_clear_pointer (&printing->wait, fr_toast_wait_end);
  g_weak_ref_clear (&printing->widget);
  g_free (printing->title);
  g_free (printing);
}

/**
 * fr_picture_print_fit:
 * @page_width: of what can be printed on, in any unit
 * @page_height: in the same
 * @width: of the picture, in pixels
 * @height: in pixels
 *
 * Returns: where on the page it is, and how many of the units a pixel is: in the middle, and as large as fits
 */
FrPicturePlace
fr_picture_print_fit (double page_width, double page_height, double width, double height)
{
  double scale = MIN (page_width / width, page_height / height);

  return (FrPicturePlace){ (page_width - width * scale) / 2, (page_height - height * scale) / 2, scale };
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, cairo_surface_t *surface)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  FrPicturePlace place
      = fr_picture_print_fit (gtk_print_context_get_width (context), gtk_print_context_get_height (context),
                              cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));

  cairo_translate (cairo, place.x, place.y);
  cairo_scale (cairo, place.scale, place.scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
}

/* For a thread: a large picture takes a while. */
static cairo_surface_t *
make_surface (GdkTexture *texture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                                         gdk_texture_get_height (texture));

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface; /* in which nothing is drawn */
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

static GtkPrintOperation *
make_operation (cairo_surface_t *surface, const char *title)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  if (cairo_image_surface_get_width (surface) > cairo_image_surface_get_height (surface))
    gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), cairo_surface_reference (surface),
                         (GClosureNotify) (GCallback) cairo_surface_destroy, 0);
  return operation;
}

/**
 * fr_picture_print_make_operation:
 * @texture: a picture
 * @title: what it is called
 *
 * Returns: (transfer full): what prints it, not running
 */
GtkPrintOperation *
fr_picture_print_make_operation (GdkTexture *texture, const char *title)
{
  cairo_surface_t *surface = make_surface (texture);
  GtkPrintOperation *operation = make_operation (surface, title);

  cairo_surface_destroy (surface);
  return operation;
}

static void
return_failed (GTask *task, const GError *error)
{
  if (error != NULL && *error->message != '\0')
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, C_ ("sentences", "%s %s"), _ ("It was not printed."),
                             error->message);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _ ("It was not printed."));
}

/* The operation keeps itself until it is done. */
static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      return_failed (task, error);
    }
  else
    g_task_return_boolean (task, result == GTK_PRINT_OPERATION_RESULT_APPLY);
}

static void
surface_thread (GTask *task, gpointer source, gpointer texture, GCancellable *cancellable)
{
  g_task_return_pointer (task, make_surface (texture), (GDestroyNotify) cairo_surface_destroy);
}

static void
surface_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Printing *printing = g_task_get_task_data (task);
  cairo_surface_t *surface = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&printing->widget);
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_clear_pointer (&printing->wait, fr_toast_wait_end);
  if (surface != NULL && GTK_IS_WINDOW (root) && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      operation = make_operation (surface, printing->title);
      g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), g_object_ref (task),
                             (GClosureNotify) (GCallback) g_object_unref, 0);
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root), NULL);
    }
  else
    g_task_return_boolean (task, FALSE);
  g_clear_pointer (&surface, cairo_surface_destroy);
}

/* Takes both. */
static void
take_pixels (GTask *task, FrImagePixels *pixels, GError *error)
{
  g_autoptr (GTask) in_thread = NULL;

  if (pixels == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_boolean (task, FALSE);
  else if (pixels == NULL)
    return_failed (task, error);
  else
    {
      in_thread = g_task_new (NULL, NULL, surface_cb, g_object_ref (task));
      g_task_set_task_data (in_thread, fr_texture_from_pixels (pixels), g_object_unref);
      g_task_run_in_thread (in_thread, surface_thread);
    }
  g_clear_pointer (&pixels, fr_image_pixels_free);
  g_clear_error (&error);
}

static void
own_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_gallery_render_finish (FR_GALLERY (source), result, &error);

  take_pixels (task, pixels, error);
}

static void
fetched_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_fetch_render_finish (FR_FETCH (source), result, &error);

  take_pixels (task, pixels, error);
}

/**
 * fr_picture_print_async:
 * @widget: where it was asked for
 * @node: whose pictures
 * @picture: #FrGalleryItem, or #FrFetch that is done
 * @cancellable: to give up, before it is asked how
 * @callback: (scope async): called when it is with the printer, or not
 * @data: for @callback
 */
void
fr_picture_print_async (GtkWidget *widget, FrNode *node, gpointer picture, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Printing *printing = g_new0 (Printing, 1);
  gboolean is_own = FR_IS_GALLERY_ITEM (picture);

  g_task_set_source_tag (task, fr_picture_print_async);
  g_task_set_check_cancellable (task, FALSE);
  g_weak_ref_init (&printing->widget, widget);
  printing->title = g_strdup (is_own ? fr_gallery_item_get_picture (picture)->title : fr_fetch_get_title (picture));
  printing->wait = fr_toast_wait_new (widget, _ ("Getting the picture ready…"), cancellable);
  g_task_set_task_data (task, printing, printing_free);
  if (is_own)
    fr_gallery_render_async (fr_node_get_gallery (node), fr_gallery_item_get_id (picture), FR_PICTURE_PRINT_MAX_SIDE,
                             FR_PICTURE_PRINT_MAX_SIDE, cancellable, own_rendered_cb, task);
  else
    fr_fetch_render_async (picture, FR_PICTURE_PRINT_MAX_SIDE, FR_PICTURE_PRINT_MAX_SIDE, cancellable,
                           fetched_rendered_cb, task);
}

/**
 * fr_picture_print_finish:
 * @result: what the callback got
 * @error: (out): why not, in words
 *
 * Returns: whether it is printed; %FALSE without an error if the person has thought better of it
 */
gboolean
fr_picture_print_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
