package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;

/** What the containers call the family's weights, without {@code .weight} or {@code .bias}. */
enum LlamaNames {
  /** Hugging Face checkpoints. */
  HUGGING_FACE,
  /** GGUF files. */
  GGUF;

  /** What a weight does. */
  enum Role {
    EMBEDDING("model.embed_tokens", "token_embd"),
    FINAL_NORM("model.norm", "output_norm"),
    HEAD("lm_head", "output"),
    ATTENTION_NORM("model.layers.%d.input_layernorm", "blk.%d.attn_norm"),
    QUERY("model.layers.%d.self_attn.q_proj", "blk.%d.attn_q"),
    KEY("model.layers.%d.self_attn.k_proj", "blk.%d.attn_k"),
    VALUE("model.layers.%d.self_attn.v_proj", "blk.%d.attn_v"),
    FUSED_ATTENTION("model.layers.%d.self_attn.qkv_proj", "blk.%d.attn_qkv"),
    QUERY_NORM("model.layers.%d.self_attn.q_norm", "blk.%d.attn_q_norm"),
    KEY_NORM("model.layers.%d.self_attn.k_norm", "blk.%d.attn_k_norm"),
    OUTPUT("model.layers.%d.self_attn.o_proj", "blk.%d.attn_output"),
    MLP_NORM("model.layers.%d.post_attention_layernorm", "blk.%d.ffn_norm"),
    GATE("model.layers.%d.mlp.gate_proj", "blk.%d.ffn_gate"),
    FUSED_MLP("model.layers.%d.mlp.gate_up_proj", "blk.%d.ffn_up"),
    UP("model.layers.%d.mlp.up_proj", "blk.%d.ffn_up"),
    DOWN("model.layers.%d.mlp.down_proj", "blk.%d.ffn_down");

    private final String huggingFace;
    private final String gguf;

    Role(String huggingFace, String gguf) {
      this.huggingFace = huggingFace;
      this.gguf = gguf;
    }
  }

  /** The name of a weight; {@code layer} is ignored by those that stand once. */
  String of(Role role, @Nullable Integer layer) {
    return pattern(role).formatted(layer);
  }

  /** The name with {@code %d} for the layer. */
  String pattern(Role role) {
    return switch (this) {
      case HUGGING_FACE -> role.huggingFace;
      case GGUF -> role.gguf;
    };
  }
}
