#include "hub/connectors/editions.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "hub/connectors/inspection.hpp"
#include "hub/connectors/local_backend.hpp"
#include "hub/connectors/manifest.hpp"
#include "hub/connectors/remote_backend.hpp"
#include "hub/connectors/settings_check.hpp"
#include "hub/connectors/taps.hpp"
#include "hub/connectors/webhook_scheme.hpp"

namespace orderhub::connectors {
namespace {

/// What a connector is, and how to run it.
struct Source {
    Manifest manifest;
    Edition::MakeBackend make_backend;
};

Source local_source(Services& services, Library library) {
    Manifest manifest = library.manifest;
    const auto& taps = services.settings.taps;
    const oh_host* lent = taps ? taps->table : nullptr;
    return {std::move(manifest),
            [library = std::move(library), lent](const InstanceContext& context) {
                return std::make_unique<LocalBackend>(library, context, lent);
            }};
}

Result<Source> local(Services& services, const InstanceSettings& settings, bool is_reload) {
    if (!settings.trust && !is_reload) {
        auto library = load_library(settings.library);
        if (!library) return std::unexpected(library.error());
        return local_source(services, std::move(*library));
    }
    const auto file = LibraryFile::read(settings.library);
    if (!file) return std::unexpected(file.error());
    if (settings.trust) ORDERHUB_TRY(check_trust(*file, *settings.trust));
    auto library = load_library(*file);
    if (!library) return std::unexpected(library.error());
    return local_source(services, std::move(*library));
}

Result<Source> remote(Services& services, const InstanceSettings& settings) {
    auto file = LibraryFile::read(settings.library);
    if (!file) return std::unexpected(file.error());
    if (settings.trust) ORDERHUB_TRY(check_trust(*file, *settings.trust));
    auto manifest = manifest_of(*file);
    if (!manifest) return std::unexpected(manifest.error());
    return Source{std::move(*manifest), [&services, file = *file](const InstanceContext& context) {
                      return std::make_unique<RemoteBackend>(std::make_shared<Supervisor>(
                          services, context, services.settings.process, file));
                  }};
}

bool is_same(const std::optional<RateSettings>& a, const std::optional<RateSettings>& b) {
    if (!a || !b) return !a && !b;
    return a->interval == b->interval && a->burst == b->burst;
}

std::shared_ptr<RateLimit> rate_of(const InstanceSettings& settings, const Edition* before) {
    if (before &&
        is_same(before->context().rate->facts(RateLimit::Clock::now()).settings, settings.rate))
        return before->context().rate;
    return std::make_shared<RateLimit>(settings.rate);
}

/// Shared with the version before while both run: an endpoint may take each refresh token only
/// once.
std::shared_ptr<AccessToken> shared_token(AccessToken token, const Edition* before) {
    if (before && before->context().token && before->context().token->is_of_same_client(token))
        return before->context().token;
    return std::make_shared<AccessToken>(std::move(token));
}

Error about(const std::string& name, Error error) {
    error.message = name + ": " + error.message;
    return error;
}

}  // namespace

Result<Manifest> read_manifest(const std::string& path) {
    const auto file = LibraryFile::read(path);
    if (!file) return std::unexpected(file.error());
    if (const auto text = file->manifest(); text && !text->empty()) return manifest_of(*file);
    auto loaded = load_library(path);
    if (!loaded) return std::unexpected(loaded.error());
    return std::move(loaded->manifest);
}

Result<std::shared_ptr<Edition>> make_edition(Services& services, const InstanceSettings& settings,
                                              const Edition* before) {
    auto source = settings.isolation == Isolation::in_process
                      ? local(services, settings, before != nullptr)
                      : remote(services, settings);
    if (!source) return std::unexpected(source.error());
    auto checked = check_settings(source->manifest, settings);
    if (!checked) return std::unexpected(about(settings.name, std::move(checked.error())));
    InstanceContext context{settings.name,
                            std::move(source->manifest),
                            std::move(checked->permissions),
                            std::move(checked->secrets),
                            spdlog::default_logger()->clone(settings.name),
                            rate_of(settings, before),
                            settings.isolation,
                            settings.memory_bytes};
    context.ping = ping_of(context.manifest);
    if (context.manifest.webhook && context.secrets.find(context.manifest.webhook->secret_key))
        if (auto set = configure(*context.manifest.webhook, context.secrets); !set)
            return std::unexpected(about(settings.name, std::move(set.error())));
    if (const auto& grant = context.manifest.oauth2;
        grant && AccessToken::is_wanted(*grant, context.secrets)) {
        auto token = AccessToken::make(*grant, context.secrets);
        if (!token) return std::unexpected(about(settings.name, std::move(token.error())));
        token->set_pause(services.settings.token_pause);
        context.token = shared_token(std::move(*token), before);
    }
    return std::make_shared<Edition>(services, std::move(context), source->make_backend);
}

}  // namespace orderhub::connectors
