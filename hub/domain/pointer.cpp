#include "hub/domain/pointer.hpp"

namespace orderhub {

std::string pointer_below(std::string_view pointer, std::string_view name) {
    std::string below(pointer);
    below += '/';
    for (const char c : name) {
        if (c == '~')
            below += "~0";
        else if (c == '/')
            below += "~1";
        else
            below += c;
    }
    return below;
}

}  // namespace orderhub
