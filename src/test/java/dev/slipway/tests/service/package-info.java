@NullMarked
package dev.slipway.tests.service;

import org.jspecify.annotations.NullMarked;
