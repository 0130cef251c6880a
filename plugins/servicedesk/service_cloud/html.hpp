// The words of an HTML text.
#pragma once

#include <string>
#include <string_view>

namespace orderhub::service_cloud {

/// Without tags, scripts and styles; line breaks where a block ends; the common entities as
/// characters.
std::string html_to_text(std::string_view html);

}  // namespace orderhub::service_cloud
