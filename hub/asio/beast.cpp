// The one place where Boost.Beast's non-template code is compiled.
#include <boost/beast/src.hpp>
