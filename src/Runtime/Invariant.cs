using System.Diagnostics.CodeAnalysis;

namespace Weir.Runtime;

/// <summary>Checks that stay on in release builds: a wrong answer costs more than a stopped job.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvariantException(otherwise);
        }
    }
}
