/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-trace-row.h"

#include "fr-network-text.h"
#include "fr-search-xray.h"

struct _FrTraceRow
{
  AdwBin parent_instance;

  /* template widgets */
  GtkLabel *words;
  GtkLabel *summary;
  FrSearchXray *xray;

  /* owned */
  FrSearchTrace *trace;
};

G_DEFINE_FINAL_TYPE (FrTraceRow, fr_trace_row, ADW_TYPE_BIN)

static void
show (FrTraceRow *self)
{
  g_autofree char *summary = fr_network_text_summarize_search (fr_search_trace_get_n_asked (self->trace),
                                                               fr_search_trace_get_n_answered (self->trace));
  FrQueryXray xray;
  gboolean is_known = fr_search_trace_get_xray (self->trace, &xray);

  gtk_label_set_label (self->summary, summary);
  fr_search_xray_set_xray (self->xray, is_known ? &xray : NULL);
}

static void
fr_trace_row_dispose (GObject *object)
{
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_TRACE_ROW);
  g_clear_object (&FR_TRACE_ROW (object)->trace);
  G_OBJECT_CLASS (fr_trace_row_parent_class)->dispose (object);
}

static void
fr_trace_row_class_init (FrTraceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_trace_row_dispose;
  g_type_ensure (FR_TYPE_SEARCH_XRAY);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-trace-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrTraceRow, words);
  gtk_widget_class_bind_template_child (widget_class, FrTraceRow, summary);
  gtk_widget_class_bind_template_child (widget_class, FrTraceRow, xray);
}

static void
fr_trace_row_init (FrTraceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_trace_row_new:
 * @trace: a search
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
fr_trace_row_new (FrSearchTrace *trace)
{
  FrTraceRow *self = g_object_new (FR_TYPE_TRACE_ROW, NULL);

  self->trace = g_object_ref (trace);
  gtk_label_set_label (self->words, fr_search_trace_get_words (trace));
  g_signal_connect_object (trace, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
