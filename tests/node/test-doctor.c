/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"
#include "fr-peer-server.h"
#include "fr-person-private.h"
#include "fr-rendezvous-error.h"
#include "fr-test-support.h"

#include "fake-relay.h"
#include "node-lab.h"
#include "tests.h"

#include <string.h>

#define FAR_S 40 /* a dial may take 15 s, and the doctor waits for one */

static FrDoctorStep *
get (FrDoctor *doctor, FrDoctorStepKind kind)
{
  g_autoptr (FrDoctorStep) step = g_list_model_get_item (G_LIST_MODEL (doctor), kind);

  g_assert_nonnull (step);
  g_assert_cmpint (fr_doctor_step_get_kind (step), ==, kind);
  return step; /* the doctor has it */
}

static void
assert_step (FrDoctor *doctor, FrDoctorStepKind kind, FrDoctorStepState state, FrDoctorFinding finding,
             FrDoctorRemedy remedy)
{
  FrDoctorStep *step = get (doctor, kind);

  g_assert_cmpint (fr_doctor_step_get_state (step), ==, state);
  g_assert_cmpint (fr_doctor_step_get_finding (step), ==, finding);
  g_assert_cmpint (fr_doctor_step_get_remedy (step), ==, remedy);
  g_assert_true ((fr_doctor_step_get_message (step) != NULL) == (finding == FR_DOCTOR_FOUND_PROBLEM));
}

static void
assert_good (FrDoctor *doctor, FrDoctorStepKind kind)
{
  assert_step (doctor, kind, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
}

static gboolean
is_over (gpointer doctor)
{
  return !fr_doctor_is_running (doctor);
}

/* Steps are looked at one after the other, and the one that is looked at says so. */
static void
changed_cb (FrDoctor *doctor)
{
  gboolean later = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (doctor)); i++)
    {
      FrDoctorStepState state = fr_doctor_step_get_state (get (doctor, i));

      if (later)
        g_assert_cmpint (state, ==, FR_DOCTOR_WAITING);
      later |= state == FR_DOCTOR_WAITING || state == FR_DOCTOR_LOOKING;
    }
}

static void
watch (FrDoctor *doctor)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (doctor)); i++)
    g_signal_connect_swapped (get (doctor, i), "changed", G_CALLBACK (changed_cb), doctor);
}

static void
look (FrDoctor *doctor)
{
  fr_doctor_run (doctor);
  g_assert_true (fr_doctor_is_running (doctor));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (doctor)); i++)
    g_assert_cmpint (fr_doctor_step_get_state (get (doctor, i)), ==, FR_DOCTOR_WAITING);
  fr_test_wait_until (is_over, doctor, FAR_S);
}

static void
set_relays (FrNode *node, FakeRelay *stun, FakeRelay *turn, const char *password)
{
  g_autofree char *first = stun != NULL ? fake_relay_make_stun (stun) : NULL;
  g_autofree char *second = turn != NULL ? fake_relay_make_turn (turn, FAKE_RELAY_USER, password) : NULL;
  g_autoptr (GError) error = NULL;

  fr_node_set_relays (node, first, second, &error);
  g_assert_no_error (error);
}

static void
close_doctor (FrDoctor *doctor)
{
  fr_test_assert_finalizes (doctor);
}

static void
test_all_good (void)
{
  g_autoptr (FakeRelay) stun = fake_relay_new (FAKE_RELAY_ELSEWHERE, FALSE);
  g_autoptr (FakeRelay) turn = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  g_autofree char *report = NULL;
  g_autoptr (FrPerson) person = NULL;
  FrDoctor *doctor;
  NodeLab lab;

  lab_init (&lab, 2);
  set_relays (lab.nodes[1], stun, turn, FAKE_RELAY_PASSWORD);
  person = g_list_model_get_item (G_LIST_MODEL (fr_node_get_people (lab.nodes[1])), 0);
  doctor = fr_doctor_new (lab.nodes[1], person);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (doctor)), ==, 5);
  g_assert_true (fr_doctor_get_person (doctor) == person);
  watch (doctor);
  look (doctor);
  assert_good (doctor, FR_DOCTOR_MEETING_POINT);
  assert_good (doctor, FR_DOCTOR_NAME);
  assert_good (doctor, FR_DOCTOR_STUN);
  assert_good (doctor, FR_DOCTOR_TURN);
  assert_step (doctor, FR_DOCTOR_PATH, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_DIRECTLY, FR_DOCTOR_REMEDY_NONE);
  g_assert_cmpuint (fr_doctor_step_get_ms (get (doctor, FR_DOCTOR_MEETING_POINT)), >, 0);
  g_assert_cmpuint (fr_doctor_step_get_ms (get (doctor, FR_DOCTOR_PATH)), >, 0);
  g_assert_cmpstr (fr_doctor_step_get_subject (get (doctor, FR_DOCTOR_NAME)), ==, "node-1");
  g_assert_cmpstr (fr_doctor_step_get_subject (get (doctor, FR_DOCTOR_STUN)), ==, "127.0.0.1");
  g_assert_cmpstr (fr_doctor_step_get_subject (get (doctor, FR_DOCTOR_PATH)), ==, "Node 0");
  g_assert_cmpuint (fr_doctor_count_bad (doctor), ==, 0);

  report = fr_doctor_make_report (doctor);
  g_assert_nonnull (strstr (report, "STUN: good, candidate srflx, "));
  g_assert_nonnull (strstr (report, "TURN: good, candidate relay, "));
  g_assert_nonnull (strstr (report, "Path to a person: good, directly, candidate host, "));
  close_doctor (doctor);
  lab_clear (&lab);
}

static void
test_relays_bad (void)
{
  g_autoptr (FakeRelay) stun = fake_relay_new (FAKE_RELAY_NOISE, FALSE);
  g_autoptr (FakeRelay) turn = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  FrDoctor *doctor;
  NodeLab lab;

  lab_init (&lab, 1);
  doctor = fr_doctor_new (lab.nodes[0], NULL);
  look (doctor);
  assert_step (doctor, FR_DOCTOR_STUN, FR_DOCTOR_NOT_NEEDED, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
  assert_step (doctor, FR_DOCTOR_TURN, FR_DOCTOR_NOT_NEEDED, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
  g_assert_cmpuint (fr_doctor_count_bad (doctor), ==, 0);

  set_relays (lab.nodes[0], stun, turn, "of the land");
  look (doctor);
  assert_step (doctor, FR_DOCTOR_STUN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NOT_A_SERVER, FR_DOCTOR_REMEDY_CHANGE_RELAYS);
  assert_step (doctor, FR_DOCTOR_TURN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_REFUSED, FR_DOCTOR_REMEDY_CHANGE_RELAYS);
  g_assert_cmpuint (fr_doctor_count_bad (doctor), ==, 2);

  g_assert_true (fr_node_set_relays (lab.nodes[0], "stun://127.0.0.1:1", NULL, NULL));
  look (doctor);
  assert_step (doctor, FR_DOCTOR_STUN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_ANSWER, FR_DOCTOR_REMEDY_CHANGE_RELAYS);
  close_doctor (doctor);
  lab_clear (&lab);
}

static FrPeerServer *
start_server (guint port)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .port = port };
  FrPeerServer *server = fr_peer_server_new (&config);
  g_autoptr (GError) error = NULL;

  fr_peer_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

static void
stop_server (FrPeerServer *server)
{
  fr_peer_server_stop (server);
  g_object_unref (server);
}

/* The server goes and comes back. */
static void
test_meeting_point (void)
{
  FrPeerServer *server = start_server (0);
  guint port = fr_peer_server_get_port (server);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *report = NULL;
  NodeLab lab = { 0 };
  FrNode *node = lab_add_node (&lab, "Anna", NULL);
  FrDoctor *doctor = fr_doctor_new (node, NULL);

  look (doctor);
  assert_step (doctor, FR_DOCTOR_MEETING_POINT, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_SERVER,
               FR_DOCTOR_REMEDY_SET_UP_SERVER);
  assert_step (doctor, FR_DOCTOR_NAME, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);

  g_assert_true (fr_node_connect_server (node, address, NULL));
  look (doctor); /* it waits until we are there */
  assert_good (doctor, FR_DOCTOR_MEETING_POINT);
  assert_good (doctor, FR_DOCTOR_NAME);

  stop_server (server);
  look (doctor);
  assert_step (doctor, FR_DOCTOR_MEETING_POINT, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_PROBLEM,
               FR_DOCTOR_REMEDY_CHANGE_SERVER);
  assert_step (doctor, FR_DOCTOR_NAME, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
  report = fr_doctor_make_report (doctor);
  g_assert_nonnull (strstr (report, "Meeting point: bad, "));

  server = start_server (port);
  look (doctor); /* it does not wait for the next try */
  assert_good (doctor, FR_DOCTOR_MEETING_POINT);
  assert_good (doctor, FR_DOCTOR_NAME);
  close_doctor (doctor);
  lab_clear (&lab);
  stop_server (server);
}

static void
test_name_taken (void)
{
  NodeLab lab;
  FrNode *other;
  FrDoctor *doctor;

  lab_init (&lab, 1);
  other = lab_add_node (&lab, "Node 0", fr_node_get_server (lab.nodes[0]));
  doctor = fr_doctor_new (other, NULL);
  look (doctor);
  assert_good (doctor, FR_DOCTOR_MEETING_POINT);
  assert_step (doctor, FR_DOCTOR_NAME, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_TAKEN, FR_DOCTOR_REMEDY_CHOOSE_NAME);
  g_assert_cmpstr (fr_doctor_step_get_subject (get (doctor, FR_DOCTOR_NAME)), !=, "node-0");
  close_doctor (doctor);
  lab_clear (&lab);
}

static void
test_path (void)
{
  NodeLab lab;
  FrPeople *people;
  FrPerson *nobody, *other;
  FrDoctor *doctor;

  lab_init (&lab, 2);
  people = fr_node_get_people (lab.nodes[0]);
  nobody = g_object_ref (lab_add_person (lab.nodes[0], "nobody-here"));
  doctor = fr_doctor_new (lab.nodes[0], nobody);
  watch (doctor);
  look (doctor);
  assert_step (doctor, FR_DOCTOR_PATH, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_AWAY, FR_DOCTOR_REMEDY_NONE);
  fr_people_remove (people, nobody);
  g_object_unref (nobody);
  close_doctor (doctor);

  other = g_list_model_get_item (G_LIST_MODEL (people), 0);
  doctor = fr_doctor_new (lab.nodes[0], other);
  fr_people_block (people, other);
  look (doctor);
  assert_step (doctor, FR_DOCTOR_PATH, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
  g_object_unref (other);
  close_doctor (doctor);
  lab_clear (&lab);
}

/* What a dial found, however it came to that. */
static void
test_path_findings (void)
{
  static const struct
  {
    FrNodeError error;
    FrDoctorFinding finding;
    FrDoctorRemedy remedy;
  } rows[] = {
    { FR_NODE_ERROR_NO_ROUTE, FR_DOCTOR_FOUND_NO_WAY, FR_DOCTOR_REMEDY_SET_UP_RELAY },
    { FR_NODE_ERROR_NOT_THERE, FR_DOCTOR_FOUND_AWAY, FR_DOCTOR_REMEDY_NONE },
    { FR_NODE_ERROR_LEFT, FR_DOCTOR_FOUND_AWAY, FR_DOCTOR_REMEDY_NONE },
    { FR_NODE_ERROR_REFUSED, FR_DOCTOR_FOUND_PROBLEM, FR_DOCTOR_REMEDY_NONE },
    { FR_NODE_ERROR_OTHER_VERSION, FR_DOCTOR_FOUND_PROBLEM, FR_DOCTOR_REMEDY_NONE },
  };
  NodeLab lab;
  FrPerson *person;
  FrDoctor *doctor;

  lab_init (&lab, 1);
  person = g_object_ref (lab_add_person (lab.nodes[0], "nobody-here"));
  doctor = fr_doctor_new (lab.nodes[0], person);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = fr_node_error_new (rows[i].error, "Nobody");

      fr_doctor_run (doctor);
      while (fr_doctor_step_get_state (get (doctor, FR_DOCTOR_PATH)) != FR_DOCTOR_LOOKING)
        g_main_context_iteration (NULL, TRUE);
      fr_person_set_state (person, FR_PERSON_FAILED, error);
      fr_test_wait_until (is_over, doctor, 5);
      assert_step (doctor, FR_DOCTOR_PATH, FR_DOCTOR_BAD, rows[i].finding, rows[i].remedy);
    }
  close_doctor (doctor);
  g_object_unref (person);
  lab_clear (&lab);
}

static gboolean
is_looking_at_stun (gpointer doctor)
{
  return fr_doctor_step_get_state (get (doctor, FR_DOCTOR_STUN)) == FR_DOCTOR_LOOKING;
}

static void
test_stop (void)
{
  g_autoptr (FakeRelay) stun = fake_relay_new (FAKE_RELAY_SILENT, FALSE);
  NodeLab lab;
  FrDoctor *doctor;

  lab_init (&lab, 1);
  set_relays (lab.nodes[0], stun, NULL, NULL);
  doctor = fr_doctor_new (lab.nodes[0], NULL);
  fr_doctor_stop (doctor); /* nothing runs */
  g_assert_cmpint (fr_doctor_step_get_state (get (doctor, FR_DOCTOR_STUN)), ==, FR_DOCTOR_WAITING);
  fr_doctor_run (doctor);
  fr_test_wait_until (is_looking_at_stun, doctor, 10);
  fr_doctor_stop (doctor);
  g_assert_false (fr_doctor_is_running (doctor));
  assert_good (doctor, FR_DOCTOR_NAME);
  assert_step (doctor, FR_DOCTOR_STUN, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
  assert_step (doctor, FR_DOCTOR_TURN, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);

  /* again, before what was stopped knows that it was */
  fr_doctor_run (doctor);
  fake_relay_set_manner (stun, FAKE_RELAY_GOOD);
  fr_test_wait_until (is_over, doctor, FAR_S);
  assert_good (doctor, FR_DOCTOR_STUN);

  fake_relay_set_manner (stun, FAKE_RELAY_SILENT);
  fr_doctor_run (doctor);
  fr_test_wait_until (is_looking_at_stun, doctor, 10);
  fr_doctor_stop (doctor);
  close_doctor (doctor);
  lab_clear (&lab);
}

/* Whatever a step is given, none of it is in what others get to read. */
static void
test_report (void)
{
  static GQuark (*const domains[]) (void) = { fr_rendezvous_error_quark, fr_node_error_quark, g_io_error_quark };
  g_autoptr (FakeRelay) relay = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  g_autofree char *turn = fake_relay_make_turn (relay, "marked-user", "marked-password");
  g_autofree char *key = NULL;
  g_autoptr (FrPerson) person = NULL;
  NodeLab lab;
  FrDoctor *doctor;

  lab_init (&lab, 2);
  person = g_list_model_get_item (G_LIST_MODEL (fr_node_get_people (lab.nodes[1])), 0);
  g_assert_true (fr_people_rename (fr_node_get_people (lab.nodes[1]), person, "Marked Person", NULL));
  g_assert_true (fr_node_set_name (lab.nodes[1], "Marked Name", NULL));
  g_assert_true (fr_node_set_relays (lab.nodes[1], "stun://marked.invalid:54321", turn, NULL));
  key = fr_peer_key_to_string (fr_node_get_key (lab.nodes[1]));
  doctor = fr_doctor_new (lab.nodes[1], person);
  look (doctor);
  for (guint i = 0; i <= 3 * FR_DOCTOR_FOUND_NO_WAY; i++)
    {
      g_autoptr (GError) error = g_error_new_literal (domains[i % 3] (), i, "marked words at 127.0.0.1 of anna");
      FrDoctorResult result = { .state = FR_DOCTOR_BAD, .finding = i / 3, .subject = "marked subject", .ms = 12,
                                .error = error, .candidate = "marked kind" };
      g_autofree char *report = fr_doctor_make_report (doctor);
      g_autofree char *lower = g_ascii_strdown (report, -1);
      static const char *const kept[] = { "marked", "node 0", "node-0", "127.0.0.1", "54321", "anna", "://" };

      for (guint j = 0; j < G_N_ELEMENTS (kept); j++)
        g_assert_null (strstr (lower, kept[j]));
      g_assert_null (strstr (report, key));
      g_assert_nonnull (strstr (report, "STUN: bad, "));
      fr_doctor_step_set (get (doctor, i % 5), &result);
    }
  close_doctor (doctor);
  lab_clear (&lab);
}

void
test_doctor_add (void)
{
  g_test_add_func ("/node/doctor/all-good", test_all_good);
  g_test_add_func ("/node/doctor/relays-bad", test_relays_bad);
  g_test_add_func ("/node/doctor/meeting-point", test_meeting_point);
  g_test_add_func ("/node/doctor/name-taken", test_name_taken);
  g_test_add_func ("/node/doctor/path", test_path);
  g_test_add_func ("/node/doctor/path-findings", test_path_findings);
  g_test_add_func ("/node/doctor/stop", test_stop);
  g_test_add_func ("/node/doctor/report", test_report);
}
