namespace Weir;

/// <summary>Says which codec of your own writes and reads a type, or one member of it.</summary>
/// <remarks>
/// <para>The codec derives from <see cref="Codec{T}"/> of that type and has a public constructor without parameters.</para>
/// <para>On an assembly it is for a type of another one, which cannot be marked: the codec itself says which.</para>
/// </remarks>
/// <param name="codec">The codec's type.</param>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct
        | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class CustomCodecAttribute(Type codec) : Attribute
{
    /// <summary>Gets the codec's type.</summary>
    public Type Codec { get; } = codec;
}
