/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience-badge.h"

#include "fr-audience-text.h"

struct _FrAudienceBadge
{
  AdwBin parent_instance;

  /* template widgets */
  GtkImage *icon;
  GtkLabel *origin;
};

G_DEFINE_FINAL_TYPE (FrAudienceBadge, fr_audience_badge, ADW_TYPE_BIN)

static void
fr_audience_badge_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_AUDIENCE_BADGE);
  G_OBJECT_CLASS (fr_audience_badge_parent_class)->dispose (object);
}

static void
fr_audience_badge_class_init (FrAudienceBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_audience_badge_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-audience-badge.ui");
  gtk_widget_class_bind_template_child (widget_class, FrAudienceBadge, icon);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceBadge, origin);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fr_audience_badge_init (FrAudienceBadge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_audience_badge_show:
 * @self: a badge
 * @picture: (nullable): what it is about
 * @people: who has which name
 *
 * Shows for whom a picture is; nothing where it is one's own and for everyone.
 */
void
fr_audience_badge_show (FrAudienceBadge *self, const FrPicture *picture, FrPeople *people)
{
  gboolean is_shown = picture != NULL && !(fr_picture_is_mine (picture) && fr_picture_is_offered (picture));
  g_autofree char *origin = is_shown ? fr_audience_text_describe_origin (picture, people) : NULL;
  g_autofree char *text = is_shown ? fr_audience_text_describe_picture (picture, people) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), is_shown);
  gtk_label_set_label (self->origin, origin != NULL ? origin : "");
  gtk_widget_set_visible (GTK_WIDGET (self->origin), origin != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  if (!is_shown)
    return;
  gtk_image_set_from_icon_name (self->icon, fr_audience_text_get_icon (picture->audience));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
fr_audience_badge_get_icon (FrAudienceBadge *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_image_get_icon_name (self->icon) : NULL;
}

const char *
fr_audience_badge_get_text (FrAudienceBadge *self)
{
  return gtk_widget_get_tooltip_text (GTK_WIDGET (self));
}
