// A person's data erased on request: orders, their documents and figures stay, without the person.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "hub/servicing/erasure/state.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::servicing {

/// One unit of work; both are the same transaction.
struct ErasureUnit {
    State& state;
    ErasureState& erasure;
};

/// An erasure goes through all that the hub keeps, some rows in each unit of work. It is stored
/// with how far it has come, so that a hub that was ended goes on where it was. A dry run goes the
/// same way and only counts.
class Erasing {
public:
    explicit Erasing(Settings settings) : settings_(std::move(settings)) {}

    /// From here on no record of an older order or case of the customer brings his data back. Asked
    /// again while it goes on, the one that is there is given. Errors: NotFound "no_such_customer";
    /// Invalid "not_a_person", "no_reason" (field).
    Result<ErasureRow> begin(ErasureUnit unit, const Request& request, std::string_view customer_id,
                             const std::string& reason, bool dry_run) const;
    /// Does the next part of one that is not done, and saves how far it is.
    void step(ErasureUnit unit, ErasureRow& row, std::int64_t now_ms) const;

    /// A canonical record as it is to be applied, if it is about something that was erased: without
    /// the person. Nothing if it may be applied as it is.
    std::optional<std::string> screened(ErasureUnit unit, std::string_view connector,
                                        std::string_view kind, std::string_view record,
                                        std::int64_t now_ms) const;

private:
    Settings settings_;
};

/// As the API shows it: {"id", "customer_id", "state", "dry_run", "actor", "reason", "erased",
/// "kept", "left" (counts by kind), "started_at", "updated_at"}.
boost::json::object erasure_view(const ErasureRow& row);

}  // namespace orderhub::servicing
