/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can go wrong between people, by name. The messages of these errors are for people: one plain, translated
 * sentence that says what to do next; a front end may show them as they are. */

#define FR_NODE_ERROR (fr_node_error_quark ())
GQuark fr_node_error_quark (void);

typedef enum
{
  FR_NODE_ERROR_BAD_NAME,
  FR_NODE_ERROR_BAD_ADDRESS,   /* not an address, nor an invitation */
  FR_NODE_ERROR_YOURSELF,      /* it is one's own */
  FR_NODE_ERROR_OTHER_SERVER,  /* the invitation names another server */
  FR_NODE_ERROR_NO_SERVER,     /* not connected to a server now */
  FR_NODE_ERROR_NOT_THERE,     /* nobody of that address is at the server now */
  FR_NODE_ERROR_NO_ANSWER,     /* found, but did not answer in time */
  FR_NODE_ERROR_NO_ROUTE,      /* the two computers cannot reach each other */
  FR_NODE_ERROR_OTHER_PROGRAM, /* is using another program */
  FR_NODE_ERROR_OTHER_VERSION, /* no version of the protocol in common */
  FR_NODE_ERROR_OTHER_PERSON,  /* another key than before answered */
  FR_NODE_ERROR_INTERCEPTED,   /* somebody between the two changed the connection */
  FR_NODE_ERROR_REFUSED,
  FR_NODE_ERROR_BUSY,          /* too many connections here or there */
  FR_NODE_ERROR_FAULT,         /* the other side broke the protocol */
  FR_NODE_ERROR_ACCUSED,     /* the other side says that we did, or sent too much */
  FR_NODE_ERROR_LEFT,          /* the other side went away */
  FR_NODE_ERROR_GONE,          /* the picture is not there any more */
  FR_NODE_ERROR_BROKEN,        /* what came is not the picture that was promised */
  FR_NODE_ERROR_SEARCH,        /* nothing to search for */
  FR_NODE_ERROR_CANCELLED,
  FR_NODE_ERROR_BAD_RELAY,     /* not the address of a STUN or TURN server */
  FR_NODE_ERROR_KEPT_OUT,      /* not connected to for a while: the other side broke the protocol or sent too much */
  FR_NODE_ERROR_BLOCKED,       /* the person here wants nothing of them */
  FR_NODE_ERROR_NOT_KEPT,      /* what was changed about people is not on the disk yet */
  FR_NODE_ERROR_NOT_CHECKED,   /* words have to be compared with them first */
  FR_NODE_ERROR_TOO_MANY_COMPUTERS,
  FR_NODE_ERROR_AWAY,          /* they would have to be here */
  FR_NODE_ERROR_TOO_MANY_WISHES,
} FrNodeError;

GError *fr_node_error_new (FrNodeError code, const char *who);
GError *fr_node_error_new_for_transfer (const GError *error, const char *who);

G_END_DECLS
