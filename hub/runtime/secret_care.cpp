#include "hub/runtime/secret_care.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>

#include "hub/store/not_there.hpp"

namespace orderhub::runtime {

namespace {

constexpr std::uint32_t kAtOnce = 200;

void refuse_missing(const std::vector<std::string>& keys) {
    if (keys.empty()) return;
    throw std::runtime_error("secrets in the store are sealed with the key " + keys.front() +
                             ", which secrets.keys of the configuration does not have");
}

}  // namespace

void check_secrets(store::Store& store, bool has_key) {
    std::vector<std::string> missing;
    store::SecretsState state;
    const auto read = store.read([&](store::Transaction& transaction) -> Result<void> {
        missing = transaction.missing_secret_keys();
        state = transaction.secrets_state();
        return {};
    });
    store::require(read, "the secrets' state cannot be read");
    refuse_missing(missing);
    if (!has_key)
        spdlog::warn("the hub's secrets lie in the store in clear: give secrets.keys");
    else if (state.left > 0)
        spdlog::warn(
            "{} secrets in the store are in clear or under an old key: run orderhub "
            "secrets rotate",
            state.left);
}

Result<store::SecretsState> rotate_secrets(store::Store& store, bool has_key) {
    if (!has_key)
        return fail(ErrorKind::Conflict, "no_key",
                    "The configuration has no key to seal secrets with; give secrets.keys.");
    store::SecretsState all;
    while (true) {
        store::SecretsState part;
        ORDERHUB_TRY(store.write([&](store::Transaction& transaction) -> Result<void> {
            part = transaction.seal_secrets(kAtOnce);
            return {};
        }));
        all.done += part.done;
        all.left = part.left;
        if (part.left == 0 || part.done == 0) return all;
    }
}

}  // namespace orderhub::runtime
