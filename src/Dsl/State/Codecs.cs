using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>The codecs of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.</summary>
public static class Codecs
{
    /// <summary>Makes a codec known. The last one registered for a type counts.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="codec">Its codec.</param>
    public static void Register<T>(Codec<T> codec) => Slot<T>.Codec = codec;

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
    public static Codec<T>? Find<T>() => Slot<T>.Codec ?? BuiltInCodecs.Find<T>() ?? OfModule<T>();

    // A library registers its codecs when its first method runs, which may be later than somebody asks for one.
    private static Codec<T>? OfModule<T>()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return Slot<T>.Codec;
    }

    private static class Slot<T>
    {
        public static Codec<T>? Codec;
    }
}
