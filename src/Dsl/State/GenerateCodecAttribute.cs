namespace Weir;

/// <summary>Asks the generator for a codec of a type that no <c>[Pipeline]</c> shows it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateCodecAttribute : Attribute;
