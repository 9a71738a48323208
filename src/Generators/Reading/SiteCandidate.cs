using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>A declaration that may be of interest to the generators, as far as its text says.</summary>
/// <param name="Node">A member, a type, or a whole file for its top-level statements.</param>
/// <param name="Attributes">The simple names of its attributes, and of those of its local functions.</param>
/// <param name="MayKeepState">Whether it is a class that may keep state by key.</param>
/// <param name="MayHoldCalls">Whether it holds a call that may name the type of its rows, or store something.</param>
internal sealed record SiteCandidate(SyntaxNode Node, string[] Attributes, bool MayKeepState, bool MayHoldCalls);
