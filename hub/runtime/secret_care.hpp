// How the secrets in the store lie there, as the operator should know it.
#pragma once

#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// At the hub's start: throws std::runtime_error if a key is missing; the log says if secrets lie
/// in clear or under a key that is not the first.
void check_secrets(store::Store& store, bool has_key);

/// Seals all that is not sealed with the first key, a few in each transaction: what is killed in
/// the middle goes on where it was. Errors: Conflict "no_key" without a key.
Result<store::SecretsState> rotate_secrets(store::Store& store, bool has_key);

}  // namespace orderhub::runtime
