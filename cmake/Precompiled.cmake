# Precompiled headers, one for each set of flags and shared by every target that is compiled with them. It is called once,
# after all targets are known, so that no other list file needs to name them; nothing relies on what they include, which
# the presets without them (dev, tsan) hold true.

include(${CMAKE_CURRENT_LIST_DIR}/TargetsBelow.cmake)
if(CCACHE)
  # A precompiled header counts by what is in it, not by when it was made.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
add_compile_options("SHELL:-Xclang -fno-pch-timestamp")

# NAME begins with the header's name; further arguments are the options that the targets' folder adds.
function(orderhub_add_precompiled name)
  add_library(orderhub_precompiled_${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/precompiled/owner.cpp)
  target_compile_options(orderhub_precompiled_${name} PRIVATE ${ARGN})
  target_link_libraries(orderhub_precompiled_${name} PRIVATE Boost::json fmt::fmt)
  string(REGEX REPLACE "_.*" "" header ${name})
  target_precompile_headers(orderhub_precompiled_${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled/${header}.hpp)
endfunction()

# The header that fits a target, by the folder that sets its flags and by what it is.
function(orderhub_precompiled_for target result)
  get_target_property(folder ${target} SOURCE_DIR)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${folder})
  if(folder MATCHES "^tests/fuzz")
    set(fit hub)
  elseif(folder MATCHES "^hub/(domain|linking)$")
    set(fit std)
  elseif(folder MATCHES "^hub/cli$")
    set(fit cli)
  elseif(folder MATCHES "^tools/sandbox$")
    set(fit hub_sandbox)
  elseif(folder MATCHES "^tests/" OR (NOT CMAKE_BUILD_TYPE STREQUAL "Release" AND libraries MATCHES "GTest::"))
    set(fit tests)
  else()
    set(fit hub)
  endif()
  set(${result} orderhub_precompiled_${fit} PARENT_SCOPE)
endfunction()

function(orderhub_precompile)
  find_package(CLI11 REQUIRED)
  find_package(fmt REQUIRED)
  orderhub_targets_below(${PROJECT_SOURCE_DIR} targets)
  orderhub_add_precompiled(std)
  orderhub_add_precompiled(hub)
  orderhub_add_precompiled(cli)
  orderhub_add_precompiled(hub_sandbox $<$<CONFIG:Release>:-O1>)
  orderhub_add_precompiled(tests $<$<CONFIG:Release>:-O0>)
  target_link_libraries(orderhub_precompiled_cli PRIVATE CLI11::CLI11)
  target_link_libraries(orderhub_precompiled_tests PRIVATE GTest::gtest)
  foreach(target ${targets})
    get_target_property(type ${target} TYPE)
    get_target_property(sources ${target} SOURCES)  # of C, a header of C++ is of no use
    if(sources MATCHES "\\.cpp" AND type MATCHES "^(STATIC_LIBRARY|OBJECT_LIBRARY|EXECUTABLE)$" AND NOT target MATCHES "^orderhub_(asio|connector_check)$")
      orderhub_precompiled_for(${target} header)
      target_precompile_headers(${target} REUSE_FROM ${header})
    endif()
  endforeach()
endfunction()
