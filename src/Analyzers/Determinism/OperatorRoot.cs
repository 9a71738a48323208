using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>Where operator code begins: a function that a verb is given, or a member of a contract that the runtime calls.</summary>
/// <param name="Unit">The code.</param>
/// <param name="Start">How paths to it begin: the pipeline method, or the type that implements the contract.</param>
/// <param name="Place">Where it is handed to the verb; null for a type that no verb of the project is given.</param>
/// <param name="IsContract">Whether it is a member of a contract: its own fields are another rule's.</param>
internal sealed record OperatorRoot(CodeUnit Unit, string Start, SyntaxNode? Place, bool IsContract);
