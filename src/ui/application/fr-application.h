/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-window.h"

G_BEGIN_DECLS

/* The program: one window on one data folder. A second Freshet on another folder is a program of its own. */

#define FR_TYPE_APPLICATION (fr_application_get_type ())
G_DECLARE_FINAL_TYPE (FrApplication, fr_application, FR, APPLICATION, AdwApplication)

FrApplication *fr_application_new (void);

G_END_DECLS
