using Microsoft.CodeAnalysis;

namespace Weir.Generators.Codecs;

/// <summary>A type that a verb makes part of the stream or of state.</summary>
/// <param name="Type">The type.</param>
/// <param name="Call">The call to point at: the verb's, or that of the helper method that calls it.</param>
/// <param name="Need">How much the pipeline needs its codec.</param>
/// <param name="Verb">The verb, for the message; null if it is the call's own name.</param>
internal sealed record StateTypeUse(ITypeSymbol Type, SyntaxNode Call, CodecNeed Need, string? Verb = null)
{
    /// <summary>Gets a value indicating whether the pipeline cannot do without its codec.</summary>
    public bool MustBeStored => Need == CodecNeed.Stored;
}

/// <summary>How much a pipeline needs the codec of a type.</summary>
internal enum CodecNeed
{
    /// <summary>It is part of a stream, which the plan of a job may cut in two.</summary>
    Passing,

    /// <summary>A LINQ call on a group is made of it: a compiled aggregate may keep it, if it has a codec; else records are kept.</summary>
    Kept,

    /// <summary>It enters state, or crosses an exchange.</summary>
    Stored,

    /// <summary>It is a class that keeps state of its own: what that holds is stored, and it needs no codec itself.</summary>
    Keeper,

    /// <summary>Its codec is asked for by name: it may have been registered by hand.</summary>
    Named,
}
