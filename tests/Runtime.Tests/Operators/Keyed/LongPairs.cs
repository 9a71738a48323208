using System.Runtime.CompilerServices;
using Weir.Wire;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>The records of these tests have a codec: where no pipeline names them, nobody generates it.</summary>
internal static class LongPairs
{
#pragma warning disable CA2255 // As generated code registers its codecs.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => Codecs.Register(new PairCodec<long, long>());
}
