// What one HTTP answer of a GraphQL server says. Pure.
#pragma once

#include <orderhub/http.hpp>

#include "fields.hpp"

namespace orderhub::vendure {

/// The only root field's value, or the reason why there is none. Throws sdk::Stop for everything
/// but "not allowed".
struct Answer {
    bool denied =
        false;  ///< not logged in, session expired, or a permission is missing: nothing was done
    json::value value;
};

Answer read_answer(const sdk::HttpResponse& response, sdk::Effect effect);

/// Words of the shop for a person, cut to a readable length.
std::string words_of(std::string_view text);

}  // namespace orderhub::vendure
