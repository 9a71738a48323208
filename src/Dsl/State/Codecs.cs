using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>The codecs of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.</summary>
/// <remarks>
/// Which codec a type has does not hang on the order in which assemblies are loaded. One that is registered by hand counts before any that
/// was generated; of those, the one in the assembly of the type itself; of others, the first in ordinal order of their assemblies.
/// </remarks>
public static class Codecs
{
    /// <summary>Makes a codec known. The last one registered by hand for a type counts.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="codec">Its codec.</param>
    public static void Register<T>(Codec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Slot<T>.Take(codec, Origin.Hand);
    }

    /// <summary>Makes a generated codec known: what module initialisers call.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="codec">Its codec.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void RegisterGenerated<T>(Codec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Slot<T>.Take(codec, codec.GetType().Module == typeof(T).Module ? Origin.Own : Origin.Other);
    }

    /// <summary>The codec of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The codec.</returns>
    /// <exception cref="MissingCodecException">There is none.</exception>
    public static Codec<T> Of<T>() => Find<T>() ?? throw new MissingCodecException(
        $"There is no codec for {typeof(T)}, which crosses an exchange or enters state here. " +
        "Build the pipeline in a [Pipeline] method, or mark the type with [GenerateCodec], so that the generator writes one. " +
        "The generator runs in C# projects that reference the package: from another language, call a pipeline of such a project.");

    /// <summary>The codec of a type, or null if there is none.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The codec, or null.</returns>
    public static Codec<T>? Find<T>()
    {
        if (!Slot<T>.HasAsked)
        {
            // A library registers its codecs when its first method runs, which may be later than somebody asks for one.
            RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
            Slot<T>.HasAsked = true;
        }

        return Slot<T>.Codec ?? BuiltInCodecs.Find<T>();
    }

    private enum Origin
    {
        Other,
        Own,
        Hand,
    }

    private static class Slot<T>
    {
        public static Codec<T>? Codec;
        public static bool HasAsked;

        private static readonly Lock Gate = new();
        private static Origin _origin;

        public static void Take(Codec<T> codec, Origin origin)
        {
            lock (Gate)
            {
                if (Codec is null || origin > _origin || (origin == _origin && (origin == Origin.Hand || IsBefore(codec, Codec))))
                {
                    (Codec, _origin) = (codec, origin);
                }
            }
        }

        private static bool IsBefore(Codec<T> codec, Codec<T> other) =>
            string.CompareOrdinal(codec.GetType().Assembly.FullName, other.GetType().Assembly.FullName) < 0;
    }
}
