// netstandard2.0 lacks the marker types that the compiler wants for records and required members.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
