/** Handles of the native library: they convert, call and throw, and know nothing of ImageJ. */
package org.biodl.jni;
