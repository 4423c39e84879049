/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-main-view-private.h"

#include "fr-inhibitor.h"
#include "fr-navigation.h"
#include "fr-notice-bar.h"
#include "fr-transfers-button.h"
#include "fr-transfers-list.h"
#include "fr-width-first.h"

struct _FrMainView
{
  AdwBin parent_instance;

  /* template widgets */
  AdwLeaflet *leaflet;
  AdwViewStack *view_stack;
  GtkWidget *add_button;
  FrNoticeBar *notice_bar;
  FrNewPage *new_page;
  AdwViewStackPage *new_stack_page;
  FrGalleryPage *gallery_page;
  FrSearchPage *search_page;
  FrPeoplePage *people_page;
  AdwViewStackPage *people_stack_page;
  FrPersonPage *person_page;
  FrTransfersButton *transfers_button;
  FrTransfersList *transfers_list;
  FrNetworkPage *network_page;
  FrDoctorPage *doctor_page;
  FrViewer *viewer;

  /* borrowed */
  FrTransfersButton *search_transfers_button; /* on the page to look for pictures */

  /* owned */
  FrNode *node;
  FrTransfers *transfers;
  FrInhibitor *inhibitor;
  FrNavigation *navigation;

  /* state */
  guint opened;        /* position of the picture that the viewer was opened with */
  FrWall *opened_from; /* borrowed from its page */
  gboolean narrow;
  gboolean is_scoped; /* looking for pictures began with one person */
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrMainView, fr_main_view, ADW_TYPE_BIN)

/* For the file that watches. */
void
fr_main_view_say (FrMainView *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

AdwViewStackPage *
fr_main_view_get_new_tab (FrMainView *self)
{
  return self->new_stack_page;
}

AdwViewStackPage *
fr_main_view_get_people_tab (FrMainView *self)
{
  return self->people_stack_page;
}

/* Opens one of those that stand on a wall: that has them in the same order, or is not given. */
static void
open_among (FrMainView *self, gpointer object, GListModel *pictures, FrVeil *veil, FrWall *wall)
{
  guint n = g_list_model_get_n_items (pictures);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (pictures, i);

      if (other != object)
        continue;
      self->opened = i;
      self->opened_from = wall;
      fr_navigation_push (self->navigation, "viewer"); /* first: the page remembers what has the focus */
      fr_viewer_open (self->viewer, pictures, i, veil);
      return;
    }
}

static void
open_item_cb (FrMainView *self, FrGalleryItem *item)
{
  open_among (self, item, fr_gallery_page_get_pictures (self->gallery_page), NULL,
              fr_gallery_page_get_wall (self->gallery_page));
}

static void
open_hit_cb (FrMainView *self, FrHit *hit)
{
  open_among (self, hit, fr_search_page_get_found (self->search_page), fr_search_page_get_veil (self->search_page), NULL);
}

static void
open_new_cb (FrMainView *self, FrWallItem *item)
{
  open_among (self, fr_wall_item_get_hit (item), G_LIST_MODEL (fr_node_get_newest (self->node)), NULL,
              fr_new_page_get_wall (self->new_page));
}

static void
open_of_person_cb (FrMainView *self, FrWall *wall, FrWallItem *item)
{
  FrHit *hit = fr_wall_item_get_hit (item);

  open_among (self, hit != NULL ? (gpointer) hit : fr_wall_item_get_source (item),
              fr_person_page_get_pictures (self->person_page, hit != NULL), NULL, wall);
}

/* What lies over their page stays, until one goes back. */
static void
person_closed_cb (FrMainView *self)
{
  if (g_strcmp0 (fr_main_view_get_visible_name (self), "person") == 0)
    fr_main_view_back (self);
}

static void
open_fetch_cb (FrMainView *self, FrFetch *fetch)
{
  open_among (self, fr_fetch_get_hit (fetch), fr_transfers_get_here (self->transfers), NULL, NULL);
}

static void
share_cb (FrMainView *self, FrPerson *person)
{
  fr_main_view_show_page (self, "pictures");
  fr_gallery_page_choose_for (self->gallery_page, person);
}

/* Whatever way a picture was left. The tile of what was shown last has the focus then, if it is not that of the first. */
static void
left_cb (FrMainView *self, const char *name)
{
  guint position;

  if (g_str_equal (name, "person"))
    fr_person_page_close (self->person_page);
  if (g_str_equal (name, "transfers"))
    fr_transfers_list_set_active (self->transfers_list, FALSE);
  if (g_str_equal (name, "doctor"))
    fr_doctor_page_close (self->doctor_page);
  if (!g_str_equal (name, "viewer"))
    return;
  if (self->opened_from != NULL && fr_viewer_find_position (self->viewer, &position) && position != self->opened)
    fr_wall_go_to (self->opened_from, position);
  fr_viewer_close (self->viewer);
}

static void
page_changed_cb (FrMainView *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->view_stack);

  gtk_widget_set_visible (self->add_button, g_strcmp0 (name, "people") != 0);
}

static void
fr_main_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrMainView *self = FR_MAIN_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_main_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrMainView *self = FR_MAIN_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      if (g_value_get_boolean (value) == self->narrow)
        return;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_main_view_dispose (GObject *object)
{
  FrMainView *self = FR_MAIN_VIEW (object);

  g_clear_object (&self->navigation);
  g_clear_object (&self->inhibitor);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_MAIN_VIEW);
  g_clear_object (&self->transfers);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_main_view_parent_class)->dispose (object);
}

static void
fr_main_view_class_init (FrMainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = fr_main_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = fr_main_view_set_property;
  G_OBJECT_CLASS (klass)->dispose = fr_main_view_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_MAIN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_NOTICE_BAR);
  g_type_ensure (FR_TYPE_NEW_PAGE);
  g_type_ensure (FR_TYPE_GALLERY_PAGE);
  g_type_ensure (FR_TYPE_SEARCH_PAGE);
  g_type_ensure (FR_TYPE_PEOPLE_PAGE);
  g_type_ensure (FR_TYPE_PERSON_PAGE);
  g_type_ensure (FR_TYPE_TRANSFERS_BUTTON);
  g_type_ensure (FR_TYPE_TRANSFERS_LIST);
  g_type_ensure (FR_TYPE_NETWORK_PAGE);
  g_type_ensure (FR_TYPE_DOCTOR_PAGE);
  g_type_ensure (FR_TYPE_VIEWER);
  gtk_widget_class_set_layout_manager_type (widget_class, FR_TYPE_WIDTH_FIRST);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMainView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, view_stack);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, add_button);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, new_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, new_stack_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, gallery_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, search_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, people_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, people_stack_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, person_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, transfers_button);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, transfers_list);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, network_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, doctor_page);
  gtk_widget_class_bind_template_child (widget_class, FrMainView, viewer);
  gtk_widget_class_bind_template_callback (widget_class, fr_main_view_say);
  gtk_widget_class_bind_template_callback (widget_class, open_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_hit_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_new_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_main_view_show_wish);
  gtk_widget_class_bind_template_callback (widget_class, open_of_person_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_main_view_open_person);
  gtk_widget_class_bind_template_callback (widget_class, open_fetch_cb);
  gtk_widget_class_bind_template_callback (widget_class, share_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_main_view_back);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
fr_main_view_init (FrMainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->search_transfers_button = g_object_new (FR_TYPE_TRANSFERS_BUTTON, NULL);
  g_object_bind_property (self, "narrow", self->search_transfers_button, "narrow", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->search_transfers_button, "open", G_CALLBACK (open_fetch_cb), self, G_CONNECT_SWAPPED);
  fr_search_page_add_button (self->search_page, GTK_WIDGET (self->search_transfers_button));
  self->navigation = fr_navigation_new (self->leaflet);
  g_signal_connect_object (self->navigation, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
}

static void
show_transfers (FrMainView *self, FrTextureLoader *loader)
{
  self->transfers = fr_transfers_new (self->node);
  self->inhibitor = fr_inhibitor_new (GTK_WIDGET (self), self->transfers);
  fr_transfers_button_set_transfers (self->transfers_button, self->transfers, loader);
  fr_transfers_button_set_transfers (self->search_transfers_button, self->transfers, loader);
  fr_transfers_list_set_transfers (self->transfers_list, self->transfers, loader);
}

/**
 * fr_main_view_set_node:
 * @self: a view
 * @node: what it shows; once
 */
void
fr_main_view_set_node (FrMainView *self, FrNode *node)
{
  g_autoptr (FrTextureLoader) loader = fr_texture_loader_new (node);

  g_set_object (&self->node, node);
  fr_notice_bar_set_node (self->notice_bar, node);
  fr_new_page_set_node (self->new_page, node, loader);
  fr_gallery_page_set_node (self->gallery_page, node, loader);
  fr_search_page_set_node (self->search_page, node, loader);
  fr_people_page_set_node (self->people_page, node);
  fr_person_page_set_node (self->person_page, node, loader);
  fr_network_page_set_node (self->network_page, node);
  fr_viewer_set_node (self->viewer, node, loader);
  show_transfers (self, loader);
  fr_main_view_watch (self, node);
}

/**
 * fr_main_view_show_page:
 * @self: a view
 * @name: a tab: "new", "pictures" or "people"
 *
 * Shows it, whatever was opened over the tabs.
 */
void
fr_main_view_show_page (FrMainView *self, const char *name)
{
  fr_navigation_go_home (self->navigation);
  adw_view_stack_set_visible_child_name (self->view_stack, name);
  fr_main_view_take_focus (self);
}

/* On the page of a person it begins with them; that is over when it begins elsewhere. */
static void
set_scope (FrMainView *self)
{
  FrFilterBar *filter_bar = fr_search_page_get_filter_bar (self->search_page);
  const char *name = fr_main_view_get_visible_name (self);
  FrPerson *person = g_strcmp0 (name, "person") == 0 ? fr_person_page_get_person (self->person_page) : NULL;

  if (g_strcmp0 (name, "search") == 0)
    return;
  if (person != NULL && fr_person_is_contact (person))
    fr_filter_bar_set_scope (filter_bar, FR_SCOPE_PERSON, person);
  else if (self->is_scoped)
    fr_filter_bar_set_scope (filter_bar, FR_SCOPE_EVERYONE, NULL);
  self->is_scoped = person != NULL && fr_person_is_contact (person);
}

/**
 * fr_main_view_open_picture:
 * @self: a view
 * @pictures: a list of #FrHit or of #FrGalleryItem
 * @picture: one of them
 *
 * Shows it, from where one goes on to the others, whatever was opened over the tabs.
 */
void
fr_main_view_open_picture (FrMainView *self, GListModel *pictures, gpointer picture)
{
  fr_navigation_go_home (self->navigation);
  open_among (self, picture, pictures, NULL, NULL);
}

/**
 * fr_main_view_open_hits:
 * @self: a view
 * @hits: a list of #FrHit, not empty
 *
 * Shows them, one after the other, whatever was opened over the tabs.
 */
void
fr_main_view_open_hits (FrMainView *self, GListModel *hits)
{
  g_autoptr (GObject) first = g_list_model_get_item (hits, 0);

  fr_main_view_open_picture (self, hits, first);
}

/**
 * fr_main_view_search:
 * @self: a view
 *
 * Opens the page to look for pictures, from where one is; back leads there.
 */
void
fr_main_view_search (FrMainView *self)
{
  set_scope (self);
  fr_navigation_push (self->navigation, "search");
  fr_search_page_focus_entry (self->search_page);
}

/**
 * fr_main_view_show_wish:
 * @self: a view
 * @wish: (nullable): a wish
 *
 * Shows what has turned up for it, from where one is; back leads there.
 */
void
fr_main_view_show_wish (FrMainView *self, FrWish *wish)
{
  fr_main_view_search (self);
  if (wish != NULL)
    fr_search_page_show_wish (self->search_page, wish);
}

/**
 * fr_main_view_open_person:
 * @self: a view
 * @person: somebody in the list of people
 *
 * Opens their page, from where one is; back leads there.
 */
void
fr_main_view_open_person (FrMainView *self, FrPerson *person)
{
  fr_person_page_open (self->person_page, person);
  fr_navigation_push (self->navigation, "person");
  fr_person_page_take_focus (self->person_page);
}

/**
 * fr_main_view_show_transfers:
 * @self: a view
 *
 * Shows what is on its way: below its button, if that is there, or else as a page.
 */
void
fr_main_view_show_transfers (FrMainView *self)
{
  if (fr_transfers_button_popup (self->transfers_button)
      || fr_transfers_button_popup (self->search_transfers_button))
    return;
  fr_transfers_list_set_active (self->transfers_list, TRUE);
  fr_navigation_push (self->navigation, "transfers");
  fr_transfers_list_take_focus (self->transfers_list);
}

/**
 * fr_main_view_show_network:
 * @self: a view
 *
 * Shows who is connected, and how far the last searches have gone, from where one is.
 */
void
fr_main_view_show_network (FrMainView *self)
{
  fr_navigation_push (self->navigation, "network");
  fr_network_page_take_focus (self->network_page);
}

/**
 * fr_main_view_show_doctor:
 * @self: a view
 * @person: (nullable): to whom the path is looked at too
 *
 * Opens the connection doctor, which begins at once.
 */
void
fr_main_view_show_doctor (FrMainView *self, FrPerson *person)
{
  fr_navigation_push (self->navigation, "doctor");
  fr_doctor_page_open (self->doctor_page, self->node, person);
  fr_doctor_page_take_focus (self->doctor_page);
}

/**
 * fr_main_view_back:
 * @self: a view
 *
 * Closes what was opened last, if anything.
 */
void
fr_main_view_back (FrMainView *self)
{
  fr_navigation_pop (self->navigation);
}

/**
 * fr_main_view_go_home:
 * @self: a view
 *
 * Closes whatever was opened over the tabs.
 */
void
fr_main_view_go_home (FrMainView *self)
{
  fr_navigation_go_home (self->navigation);
}

/**
 * fr_main_view_take_focus:
 * @self: a view
 *
 * Gives the focus to what is in the tab that is shown, unless it is there.
 */
void
fr_main_view_take_focus (FrMainView *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->view_stack);
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (page == GTK_WIDGET (self->people_page)) /* the switcher gives it to what is above them */
    fr_people_page_take_focus (self->people_page);
  else if (focus != NULL && gtk_widget_is_ancestor (focus, page))
    return;
  else if (page == GTK_WIDGET (self->new_page))
    fr_new_page_take_focus (self->new_page);
  else
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

FrNewPage *
fr_main_view_get_new_page (FrMainView *self)
{
  return self->new_page;
}

FrGalleryPage *
fr_main_view_get_gallery_page (FrMainView *self)
{
  return self->gallery_page;
}

FrSearchPage *
fr_main_view_get_search_page (FrMainView *self)
{
  return self->search_page;
}

FrPeoplePage *
fr_main_view_get_people_page (FrMainView *self)
{
  return self->people_page;
}

FrPersonPage *
fr_main_view_get_person_page (FrMainView *self)
{
  return self->person_page;
}

FrNetworkPage *
fr_main_view_get_network_page (FrMainView *self)
{
  return self->network_page;
}

FrDoctorPage *
fr_main_view_get_doctor_page (FrMainView *self)
{
  return self->doctor_page;
}

FrTransfers *
fr_main_view_get_transfers (FrMainView *self)
{
  return self->transfers;
}

FrViewer *
fr_main_view_get_viewer (FrMainView *self)
{
  return self->viewer;
}

const char *
fr_main_view_get_visible_name (FrMainView *self)
{
  return adw_leaflet_get_visible_child_name (self->leaflet);
}
