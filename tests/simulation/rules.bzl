"""The rules of the protocol: what is taken out of which source so that each is broken, for the simulation to find."""

_ANSWER = "//credential_provider/answer:"
_RUNS = "//credential_provider/runs:"
_STORE = "//credential_provider/store:"

# name: (source, the text, what is there instead)
RULES = {
    # One issuance at a time.
    "lock_not_respected": (_RUNS + "run_state.cc", "if (errno == EWOULDBLOCK) return false;", "if (errno == EWOULDBLOCK) return true;"),
    "lock_of_a_removed_file": (_RUNS + "run_state.cc", "if (info.st_nlink > 0) return true;", "return true;"),
    "lock_freed_too_early": (_ANSWER + "provide_credential.cc", "absl::StatusOr<Credential> credential = issue_();", "state_.Unlock(); absl::StatusOr<Credential> credential = issue_();"),
    "forget_removes_a_held_record": (
        _RUNS + "run_state.cc",
        "if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {",
        "if (false) {",
    ),
    "lock_outlives_its_process": (_RUNS + "run_state.cc", "if (info.st_nlink > 0) return true;", "if (info.st_nlink > 0) { Load(); if (issuance.holder == 0) return true; Unlock(); return false; }"),
    # No more in an hour than the rules allow.
    "no_second_look_under_the_lock": (_ANSWER + "provide_credential.cc", "if (entry && IsNew(*entry)) return Serve(*std::move(entry));", ""),
    "no_second_look_of_a_renewal": (_ANSWER + "provide_credential.cc", "if (old_ && !IsDue(*old_, request_.refresh_ahead, begin_)) return Renewal::kNotDue;", ""),
    "failures_not_remembered": (_ANSWER + "provide_credential.cc", "if (!absl::IsAborted(credential.status())) state_.issuance.Fail(credential.status(), proof, now);", "(void)now;"),
    "failure_of_another_not_shared": (_ANSWER + "provide_credential.cc", "if (HasFailedMeanwhile()) return AfterFailure(state_.issuance.Failure());", ""),
    "no_pause_after_a_failure": (_RUNS + "backoff.cc", ": kFailureWindow;", ": absl::ZeroDuration();"),
    "backoff_not_doubled": (_RUNS + "backoff.cc", "kFirstBackoff * (1 << std::min(failures - 1, kMostDoublings))", "kFirstBackoff * (1 << std::min(failures * 0, kMostDoublings))"),
    "renewals_do_not_back_off": (_ANSWER + "provide_credential.cc", "if (IsBackingOff(OldAlive(begin_) != nullptr, begin_)) return state_.issuance.Failure();", ""),
    "time_before_the_record_was_read": (_ANSWER + "provide_credential.cc", "begin_ = clock_.Now();\n  const Verdict", "begin_ = clock_.Now() - absl::Milliseconds(200);\n  const Verdict"),
    "rejected_again_and_again": (_RUNS + "rejection.cc", "return since >= absl::ZeroDuration() && since < window;", "return since < absl::ZeroDuration() && since < window;"),
    "young_ones_replaced": (_RUNS + "rejection.cc", "const bool futile =\n      now - issued < kYoungestRejected ||", "const bool futile ="),
    "temporary_file_of_one_name": (_STORE + "folder_files.cc", "RandomHex(kRandomBytes)", "\"0123456789abcdef\""),
    "new_entry_swept_as_expired": (_STORE + "folder_files.cc", "if (IsReplaced(name) && (!LockRecord", "if (!IsReplaced(\"x\") && (!LockRecord"),
    # Nobody waits while a good one is stored, and it is renewed before anybody has to.
    "renewed_in_the_foreground": (_RUNS + "verdict.cc", "return entry.expiration - now >= kLeastRemaining", "return entry.expiration - now >= 5 * kLeastRemaining"),
    "never_renewed_ahead": (_ANSWER + "provide_credential.cc", "provided.renew_ahead = state_.keeps() && IsFresh(entry, now) && !IsBackingOff(true, now);", ""),
    "entry_written_in_place": (_STORE + "folder_files.cc", "  absl::Status result = WriteNew(folder.fd(), temporary, data, end);", "  unlinkat(folder.fd(), name.c_str(), 0);\n  absl::Status result = WriteNew(folder.fd(), name, data, end);\n  if (result.ok()) return result;"),
    "share_removed_before_the_switch": (_STORE + "split_store.cc", "  const absl::StatusOr<PrivateFolder*> written = WritePad(", "  for (const Kept& kept : old) place_.Remove(key.FileName(), kept.pad.header.id);\n  const absl::StatusOr<PrivateFolder*> written = WritePad("),
    "pad_read_once": (_STORE + "split_store.cc", "constexpr int kTries = 2;", "constexpr int kTries = 1;"),
    "stored_one_dropped_when_none_can_be_stored": (_STORE + "credential_store.cc", "if (placement.kind != StoreKind::kNone && place.kind != placement.kind", "if (place.kind != placement.kind"),
    "stored_one_not_served_after_a_failure": (_ANSWER + "provide_credential.cc", "= OldAlive(clock_.Now())) {", "= OldAlive(absl::InfiniteFuture())) {"),
    # Nobody waits longer than the patience.
    "patience_without_end": (_ANSWER + "provide_credential.cc", "if (waited >= request_.patience || HasGivenUpLately(last)) return GiveUp(waited);", ""),
    "who_comes_next_waits_too": (_ANSWER + "provide_credential.cc", "if (waited >= request_.patience || HasGivenUpLately(last)) return", "if (waited >= request_.patience) return"),
    "patience_by_a_clock_that_is_set": (_ANSWER + "provide_credential.cc", "waited += std::min(std::max(now - last, kLockPause), kLongestLook);", "waited = now - begin_;"),
    # Nobody gets another's credential, a torn or an expired one.
    "key_not_compared": (_STORE + "entry.cc", "if (!parts || parts->key_text != key_text) return absl::nullopt;", "(void)key_text;\n  if (!parts) return absl::nullopt;"),
    "digest_not_compared": (_STORE + "split_store.cc", "if (Sha256(entry.Reveal()) != pad.header.digest) return absl::nullopt;", ""),
    "handed_out_to_its_last_second": (_RUNS + "verdict.cc", "return entry.expiration - now >= kLeastRemaining", "return entry.expiration - now >= 0 * kLeastRemaining"),
    # After the faults everything recovers.
    "never_taken_for_rejected": (_RUNS + "rejection.cc", "if (!futile) return Rejection::kReplace;", ""),
    "killed_while_it_replaces": (_ANSWER + "provide_credential.cc", "  state_.issuance.holder = getpid();", "  if (rejected_) state_.issuance.rejected_us = absl::ToUnixMicros(begin_);\n  state_.issuance.holder = getpid();"),
    "entry_of_a_wrong_clock_believed": (_RUNS + "verdict.cc", " && entry.issued - now < kClockTolerance", ""),
    "secret_put_right_not_tried": (_RUNS + "run_record.cc", "return GetField(proof, sizeof(proof)) == proof_now.substr(0, sizeof(proof) - 1);", "return !proof_now.empty();"),
}
