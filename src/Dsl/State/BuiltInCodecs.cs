namespace Weir;

/// <summary>Codecs that need no generator: the types of the language and the framework that have one obvious wire form.</summary>
internal static class BuiltInCodecs
{
    public static Codec<T>? Find<T>() => null;
}
